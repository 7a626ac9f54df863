"""maxProperties: how many members an object may have; a closed one has no more than it declares."""

from __future__ import annotations

from typing import Final

from specloom.release.compat.comparing.forms import Shape
from specloom.release.compat.comparing.states import State, state_of_rest
from specloom.release.compat.rule import TypedRule
from specloom.release.compat.rules.families.limits import most


def _declared(shape: Shape) -> int | None:
    closed = state_of_rest(shape) is State.CLOSED and not shape.members.patterns
    return len(shape.members.properties) if closed else None


RULE: Final[TypedRule] = most("max-properties", "maxProperties", "object", implied=_declared)
