"""An error is answered with this status no more."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Side
from specloom.release.compat.pairing.responses import answers
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.release.compat.variance import Variance


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in answers(pair):
        if each.match.removed and each.error:
            received = each.match.side is Side.RESPONSE
            yield each.match.change(
                RULE.id,
                Variance.NARROWED,
                "it is gone",
                why="there is one error less to handle"
                if received
                else "clients answer with it, and are not understood",
                remedy="" if received else "go on accepting this status",
            )


RULE = OperationRule(
    "error-status-removed",
    "An error is answered with this status no more.",
    _check,
)
