"""A header is gone that was not always sent."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.responses import answers, headers
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for answer in answers(pair):
        for each in headers(answer):
            if each.removed and each.old.get("required") is not True:
                why = "it could be missing before, so clients do without it"
                yield each.change(RULE.id, Severity.ADDITIVE, "it is gone", why=why)


RULE = OperationRule(
    "optional-response-header-removed",
    "A header is gone that was not always sent.",
    _check,
)
