"""additionalProperties, unevaluatedProperties: members that nothing declares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.comparing.forms import Shape
from specloom.release.compat.comparing.states import State, state, state_of_rest
from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta, TypedRule
from specloom.release.compat.variance import Variance

_SAID: Final = {
    State.OPEN: "may be anything",
    State.MAP: "must match a schema",
    State.CLOSED: "are forbidden",
}


def _check(pair: ShapePair) -> Iterator[Delta]:
    before, after = state_of_rest(pair.base), state_of_rest(pair.revision)
    message = f"members that are not declared {_SAID[before]} in the old schema and {_SAID[after]} in the new one"
    if before is not after and State.CLOSED in {before, after}:
        yield Delta(Variance.NARROWED if after is State.CLOSED else Variance.WIDENED, message, "additionalProperties")
    elif before is not after:
        yield Delta(Variance.NARROWED if before is State.OPEN else Variance.WIDENED, message, "additionalProperties")
    for name in sorted(_forbidden(pair.revision)):
        if state(pair.base, name) in {State.MAP, State.OPEN}:
            yield Delta(Variance.NARROWED, f"the member {name!r} is forbidden now", f"properties/{name}")
    for name in sorted(_forbidden(pair.base)):
        if name not in pair.revision.members.properties and state(pair.revision, name) is not State.CLOSED:
            yield Delta(Variance.WIDENED, f"the member {name!r} is no longer forbidden", f"properties/{name}")


def _forbidden(shape: Shape) -> set[str]:
    """Return the members that are declared in order to forbid them."""
    return {name for name in shape.members.properties if state(shape, name) is State.CLOSED}


RULE: Final = TypedRule(
    "additional-properties",
    "members that are not declared became allowed or forbidden",
    _check,
    request="Go on ignoring members that you do not know.",
    response="Go on sending declared members only, or declare the new ones.",
    types=frozenset({"object"}),
)
