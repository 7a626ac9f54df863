"""A body may be left out that had to be sent before."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Side
from specloom.release.compat.pairing.requests import request_body
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.release.compat.variance import Variance


def _check(pair: OperationPair) -> Iterator[Change]:
    body = request_body(pair)
    if body.ceased("required"):
        yield body.change(
            RULE.id,
            Variance.WIDENED,
            "the body is now optional",
            why="requests with a body are as good as before" if body.side is Side.REQUEST else "it may be missing",
            remedy="" if body.side is Side.REQUEST else "go on sending it always",
            at="required",
        )


RULE = OperationRule(
    "request-body-became-optional",
    "A body may be left out that had to be sent before.",
    _check,
)
