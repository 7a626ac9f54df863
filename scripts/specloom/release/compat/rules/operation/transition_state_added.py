"""A transition is allowed from a further state."""

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
    new = [state for state in strings(each.new.get("from")) if state not in strings(each.old.get("from"))]
    if each.both and new:
        yield each.change(RULE.id, Variance.WIDENED, f"it is possible from {', '.join(new)} too", at="from")


RULE = OperationRule(
    "transition-state-added",
    "A transition is allowed from a further state.",
    _check,
)
