"""A body may be sent where there was none."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.requests import request_body
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    body = request_body(pair)
    if body.added and body.revision is not None and body.new.get("required") is not True:
        why = "requests without a body are as good as before"
        yield body.change(RULE.id, Severity.ADDITIVE, "a body is new and optional", why=why)


RULE = OperationRule(
    "optional-request-body-added",
    "A body may be sent where there was none.",
    _check,
)
