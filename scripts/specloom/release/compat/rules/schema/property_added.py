"""properties: a member that was not declared before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.comparing.states import State, state
from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta, TypedRule
from specloom.release.compat.variance import Variance


def _check(pair: ShapePair) -> Iterator[Delta]:
    for name in sorted(pair.revision.members.properties):
        if state(pair.revision, name) is not State.DECLARED:
            continue
        before, keyword = state(pair.base, name), f"properties/{name}"
        if before is State.CLOSED:
            yield Delta(Variance.WIDENED, f"the member {name!r} is allowed now", keyword)
        elif before is State.OPEN and pair.partial:
            yield Delta(Variance.NARROWED, f"the member {name!r} must match a schema now", keyword)
        elif before in {State.OPEN, State.MAP} and name not in pair.revision.members.required:
            yield Delta(Variance.EXTENDED, f"the optional member {name!r} is new", keyword, accepted=Variance.SAME)


RULE: Final = TypedRule(
    "property-added",
    "a property was added",
    _check,
    request="",
    response="Declare additional members as allowed (no `additionalProperties: false`) a release before adding one.",
    types=frozenset({"object"}),
)
