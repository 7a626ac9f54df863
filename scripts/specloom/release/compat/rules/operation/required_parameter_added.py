"""A parameter is new that has to be sent."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change
from specloom.release.compat.pairing.requests import parameters, required
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.release.compat.variance import Variance


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in parameters(pair):
        if each.added and required(each)[1]:
            yield each.change(
                RULE.id,
                Variance.NARROWED,
                "it is new and required",
                why="requests without it, which were good before, are refused",
                remedy="make it optional, and say in its description what holds without it",
            )


RULE = OperationRule(
    "required-parameter-added",
    "A parameter is new that has to be sent.",
    _check,
)
