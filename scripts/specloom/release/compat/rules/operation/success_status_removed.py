"""A success is answered with this status no more."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.responses import answers
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in answers(pair):
        if each.match.removed and not each.error:
            yield each.match.change(
                RULE.id,
                Severity.BREAKING,
                "it is gone",
                why="clients take this status for the success of the call, and wait for it",
                remedy="go on answering with this status",
            )


RULE = OperationRule(
    "success-status-removed",
    "A success is answered with this status no more.",
    _check,
)
