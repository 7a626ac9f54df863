"""A parameter may no longer be sent without a value."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change
from specloom.release.compat.pairing.requests import parameters
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.release.compat.variance import Variance


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in parameters(pair):
        if each.ceased("allowEmptyValue"):
            yield each.change(
                RULE.id,
                Variance.NARROWED,
                "it may no longer be empty",
                why="requests with the bare name, which were good before, are refused",
                remedy="keep `allowEmptyValue: true`",
                at="allowEmptyValue",
            )


RULE = OperationRule(
    "parameter-empty-refused",
    "A parameter may no longer be sent without a value.",
    _check,
)
