"""A parameter may hold reserved characters as they are."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change
from specloom.release.compat.pairing.requests import parameters
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.release.compat.variance import Variance


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in parameters(pair):
        if each.became("allowReserved"):
            yield each.change(
                RULE.id,
                Variance.WIDENED,
                "reserved characters need not be percent-encoded any more",
                at="allowReserved",
            )


RULE = OperationRule(
    "parameter-reserved-allowed",
    "A parameter may hold reserved characters as they are.",
    _check,
)
