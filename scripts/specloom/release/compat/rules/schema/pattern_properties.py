"""patternProperties: members whose names match a pattern."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.comparing.states import State, state_of_rest
from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta, TypedRule
from specloom.release.compat.variance import Variance


def _check(pair: ShapePair) -> Iterator[Delta]:
    before, after = pair.base.members.patterns, pair.revision.members.patterns
    for pattern in sorted(after.keys() - before.keys()):
        variance = _added(state_of_rest(pair.base), only=not before)
        yield Delta(variance, f"members that match {pattern!r} must match a schema now", "patternProperties")
    for pattern in sorted(before.keys() - after.keys()):
        variance = _OPPOSITE[_added(state_of_rest(pair.revision), only=not after)]
        yield Delta(variance, f"the schema of members that match {pattern!r} is gone", "patternProperties")


def _added(rest: State, *, only: bool) -> Variance:
    """Return what a schema for some names does, where `rest` held for them; `only`: where no other pattern did."""
    if rest is State.OPEN:
        return Variance.NARROWED
    return Variance.WIDENED if rest is State.CLOSED and only else Variance.CHANGED


_OPPOSITE: Final = {
    Variance.NARROWED: Variance.WIDENED,
    Variance.WIDENED: Variance.NARROWED,
    Variance.CHANGED: Variance.CHANGED,
}
RULE: Final = TypedRule(
    "pattern-properties",
    "a pattern of patternProperties was added or removed",
    _check,
    request="Leave the patterns as they were.",
    response="Leave the patterns as they were.",
    types=frozenset({"object"}),
)
