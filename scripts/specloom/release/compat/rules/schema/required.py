"""required: members that an object must have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.comparing.states import State, state
from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta, TypedRule
from specloom.release.compat.variance import Variance


def _check(pair: ShapePair) -> Iterator[Delta]:
    before, after = pair.base.members.required, pair.revision.members.required
    for name in sorted(after - before):
        new = state(pair.base, name) in {State.OPEN, State.CLOSED, State.HIDDEN}
        said = f"the new member {name!r} is required" if new else f"the member {name!r} became required"
        yield Delta(Variance.NARROWED, said, f"required/{name}")
    for name in sorted(before - after):
        # A member that is gone altogether is what another rule is about.
        if pair.partial or state(pair.revision, name) in {State.DECLARED, State.MAP} or not _declared(pair, name):
            yield Delta(Variance.WIDENED, f"the member {name!r} is no longer required", f"required/{name}")


def _declared(pair: ShapePair, name: str) -> bool:
    return name in pair.base.members.properties


RULE: Final = TypedRule(
    "required",
    "a property became required or optional",
    _check,
    request="Make the new member optional, and treat its absence as before.",
    response="Go on sending the member always.",
    types=frozenset({"object"}),
)
