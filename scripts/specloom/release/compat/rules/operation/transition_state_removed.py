"""A transition is no longer allowed from some state."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change
from specloom.release.compat.pairing.behaviour import keyword
from specloom.release.compat.pairing.parts import strings
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.release.compat.variance import Variance


def _check(pair: OperationPair) -> Iterator[Change]:
    each = keyword(pair, "x-transition", pair.sent)
    gone = [state for state in strings(each.old.get("from")) if state not in strings(each.new.get("from"))]
    if each.both and gone:
        yield each.change(
            RULE.id,
            Variance.NARROWED,
            f"it is no longer possible from {', '.join(gone)}",
            why="calls for records in these states, which succeeded before, are refused",
            remedy="go on allowing it from all states from which it was possible",
            at="from",
        )


RULE = OperationRule(
    "transition-state-removed",
    "A transition is no longer allowed from some state.",
    _check,
)
