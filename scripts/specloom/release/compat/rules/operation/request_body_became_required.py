"""A body has to be sent that could be left out before."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change
from specloom.release.compat.pairing.requests import request_body
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.release.compat.variance import Variance


def _check(pair: OperationPair) -> Iterator[Change]:
    body = request_body(pair)
    if body.became("required"):
        yield body.change(
            RULE.id,
            Variance.NARROWED,
            "the body is now required",
            why="requests without a body, which were good before, are refused",
            remedy="leave it optional (`required: false`)",
            at="required",
        )


RULE = OperationRule(
    "request-body-became-required",
    "A body has to be sent that could be left out before.",
    _check,
)
