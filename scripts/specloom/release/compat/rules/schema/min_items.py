"""minItems: how many elements an array must have."""

from __future__ import annotations

from typing import Final

from specloom.release.compat.rule import TypedRule
from specloom.release.compat.rules.families.limits import least

RULE: Final[TypedRule] = least("min-items", "minItems", "array")
