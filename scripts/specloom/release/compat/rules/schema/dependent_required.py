"""dependentRequired: members that an object must have when it has another one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.comparing.forms import Shape
from specloom.release.compat.comparing.states import State, state
from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta, TypedRule
from specloom.release.compat.rules.families import wording
from specloom.release.compat.variance import Variance


def _check(pair: ShapePair) -> Iterator[Delta]:
    before, after = pair.base.members.demands, pair.revision.members.demands
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name, frozenset()), after.get(name, frozenset())
        if new - old and _occurs(pair.base, name, partial=pair.partial):
            message = f"with the member {name!r} these are required now: {wording.names(new - old)}"
            yield Delta(Variance.NARROWED, message, "dependentRequired")
        if old - new and _occurs(pair.revision, name, partial=pair.partial):
            message = f"with the member {name!r} these are no longer required: {wording.names(old - new)}"
            yield Delta(Variance.WIDENED, message, "dependentRequired")


def _occurs(shape: Shape, name: str, *, partial: bool) -> bool:
    return partial or state(shape, name) in {State.DECLARED, State.MAP}


RULE: Final = TypedRule(
    "dependent-required",
    "dependentRequired added, changed or removed",
    _check,
    request="Leave the other members optional, and treat their absence as before.",
    response="Go on sending the members together.",
    types=frozenset({"object"}),
)
