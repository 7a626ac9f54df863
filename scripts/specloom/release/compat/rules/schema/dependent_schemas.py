"""dependentSchemas: what an object must match when it has a member."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.comparing.states import State, state
from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta, TypedRule
from specloom.release.compat.variance import Variance


def _check(pair: ShapePair) -> Iterator[Delta]:
    before, after = pair.base.members.dependents, pair.revision.members.dependents
    for name in sorted(before.keys() | after.keys()):
        occurs = {State.DECLARED, State.MAP} & {state(pair.base, name), state(pair.revision, name)}
        variance = pair.inner.variance(before.get(name, ()), after.get(name, ()))
        if variance is not Variance.SAME and (occurs or pair.partial):
            message = f"what an object with the member {name!r} must match is different"
            yield Delta(variance, message, "dependentSchemas")


RULE: Final = TypedRule(
    "dependent-schemas",
    "dependentSchemas added, changed or removed",
    _check,
    request="Leave the schema as it was, or accept more.",
    response="Go on sending what the old schema describes.",
    types=frozenset({"object"}),
)
