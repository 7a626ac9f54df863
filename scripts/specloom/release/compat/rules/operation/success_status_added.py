"""A success is answered with a further status."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Side
from specloom.release.compat.pairing.responses import answers
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.release.compat.variance import Variance


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in answers(pair):
        if each.match.added and not each.error:
            received = each.match.side is Side.RESPONSE
            yield each.match.change(
                RULE.id,
                Variance.WIDENED,
                "it is new",
                why="clients do not know what it means here, nor its body; generated ones report an undocumented status"
                if received
                else "clients may answer with it",
                remedy="answer so only those who ask for it, as with a new optional parameter or `Prefer` (RFC 7240)"
                if received
                else "",
            )


RULE = OperationRule(
    "success-status-added",
    "A success is answered with a further status.",
    _check,
)
