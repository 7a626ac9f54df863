"""minProperties: how many members an object must have; as many as are required it has anyway."""

from __future__ import annotations

from typing import Final

from specloom.release.compat.rule import TypedRule
from specloom.release.compat.rules.families.limits import least

RULE: Final[TypedRule] = least(
    "min-properties", "minProperties", "object", implied=lambda shape: len(shape.members.required)
)
