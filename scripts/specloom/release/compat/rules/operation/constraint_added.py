"""A request has to satisfy a further condition."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change
from specloom.release.compat.pairing.behaviour import condition, constraints
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.release.compat.variance import Variance


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in constraints(pair):
        if each.added:
            yield each.change(
                RULE.id,
                Variance.NARROWED,
                f"a request has to satisfy {condition(each.new)}",
                why="requests that do not, which were good before, are refused",
                remedy="go on accepting such requests",
            )


RULE = OperationRule(
    "constraint-added",
    "A request has to satisfy a further condition.",
    _check,
)
