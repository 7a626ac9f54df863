"""maxItems: how many elements an array may have."""

from __future__ import annotations

from typing import Final

from specloom.release.compat.rule import TypedRule
from specloom.release.compat.rules.families.limits import most

RULE: Final[TypedRule] = most("max-items", "maxItems", "array")
