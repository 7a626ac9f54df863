"""A body has to be sent where there was none."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change
from specloom.release.compat.pairing.requests import request_body
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.release.compat.variance import Variance


def _check(pair: OperationPair) -> Iterator[Change]:
    body = request_body(pair)
    if body.added and body.new.get("required") is True:
        yield body.change(
            RULE.id,
            Variance.NARROWED,
            "a body is new and required",
            why="requests without a body, which were good before, are refused",
            remedy="make it optional (`required: false`)",
        )


RULE = OperationRule(
    "required-request-body-added",
    "A body has to be sent where there was none.",
    _check,
)
