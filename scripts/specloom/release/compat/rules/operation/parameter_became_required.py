"""A parameter has to be sent that could be left out before."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change
from specloom.release.compat.pairing.requests import parameters, required
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.release.compat.variance import Variance


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in parameters(pair):
        if each.both and required(each) == (False, True):
            yield each.change(
                RULE.id,
                Variance.NARROWED,
                "it is now required",
                why="requests without it, which were good before, are refused",
                remedy="leave it optional, and say in its description what holds without it",
                at="required",
            )


RULE = OperationRule(
    "parameter-became-required",
    "A parameter has to be sent that could be left out before.",
    _check,
)
