"""A request need not satisfy a condition any more."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change
from specloom.release.compat.pairing.behaviour import condition, constraints
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.release.compat.variance import Variance


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in constraints(pair):
        if each.removed:
            message = f"a request need no longer satisfy {condition(each.old)}"
            yield each.change(RULE.id, Variance.WIDENED, message, why="requests that satisfy it are as good as before")


RULE = OperationRule(
    "constraint-removed",
    "A request need not satisfy a condition any more.",
    _check,
)
