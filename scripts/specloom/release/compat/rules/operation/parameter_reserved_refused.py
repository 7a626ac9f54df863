"""A parameter may no longer hold reserved characters as they are."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change
from specloom.release.compat.pairing.requests import parameters
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.release.compat.variance import Variance


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in parameters(pair):
        if each.ceased("allowReserved"):
            yield each.change(
                RULE.id,
                Variance.NARROWED,
                "reserved characters have to be percent-encoded now",
                why="what clients send unencoded, such as `&` or `/`, is taken apart",
                remedy="keep `allowReserved: true`",
                at="allowReserved",
            )


RULE = OperationRule(
    "parameter-reserved-refused",
    "A parameter may no longer hold reserved characters as they are.",
    _check,
)
