"""properties: a member that is not declared any more; in an open object it may still be sent, but means nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.comparing.states import State, state
from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta, TypedRule
from specloom.release.compat.variance import Variance

_WHY: Final = "What clients send there is ignored without an error, and what they read there does not come any more."


def _check(pair: ShapePair) -> Iterator[Delta]:
    for name in sorted(pair.base.members.properties):
        if state(pair.base, name) is not State.DECLARED:
            continue
        after, keyword = state(pair.revision, name), f"properties/{name}"
        required = name in pair.base.members.required
        if after is State.CLOSED:
            message, accepted = f"the member {name!r} is gone and no longer allowed", Variance.NARROWED
            yield Delta(Variance.CHANGED, message, keyword, accepted=Variance.CHANGED if required else accepted)
        elif after is State.OPEN and pair.partial:
            yield Delta(Variance.WIDENED, f"the member {name!r} need not match a schema any more", keyword)
        elif after in {State.OPEN, State.MAP}:
            accepted = Variance.WIDENED if required else Variance.SAME
            yield Delta(Variance.CHANGED, f"the member {name!r} is gone", keyword, _WHY, accepted=accepted)


RULE: Final = TypedRule(
    "property-removed",
    "a property was removed",
    _check,
    request="Go on accepting the member, marked `deprecated`, until the next major version.",
    response="Go on sending the member, marked `deprecated`, until the next major version.",
    types=frozenset({"object"}),
)
