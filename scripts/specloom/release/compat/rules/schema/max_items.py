"""maxItems: how many elements an array may have."""

from __future__ import annotations

from typing import Final

from specloom.release.compat.limits import most
from specloom.release.compat.rule import TypedRule

RULE: Final[TypedRule] = most("max-items", "maxItems", "array")
