"""An error is answered with a further status."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.responses import answers
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in answers(pair):
        if each.match.added and each.error:
            yield each.match.change(
                RULE.id,
                Severity.ADDITIVE,
                "it is new",
                why="clients have to treat an unknown status as the x00 of its class (RFC 9110, 15)",
            )


RULE = OperationRule(
    "error-status-added",
    "An error is answered with a further status.",
    _check,
)
