"""A request has no body any more."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.requests import request_body
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    body = request_body(pair)
    if body.removed and body.base is not None:
        yield body.change(
            RULE.id,
            Severity.BREAKING,
            "there is no body any more",
            why="what was said in the body is ignored, or refused",
            remedy="keep the body as an optional one, and remove it in a later major version",
        )


RULE = OperationRule(
    "request-body-removed",
    "A request has no body any more.",
    _check,
)
