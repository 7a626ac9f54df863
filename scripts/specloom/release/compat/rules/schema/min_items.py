"""minItems: how many elements an array must have."""

from __future__ import annotations

from typing import Final

from specloom.release.compat.limits import least
from specloom.release.compat.rule import TypedRule

RULE: Final[TypedRule] = least("min-items", "minItems", "array")
