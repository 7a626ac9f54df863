"""A header may be missing that was always sent."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Side
from specloom.release.compat.pairing.responses import answers, headers
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.release.compat.variance import Variance


def _check(pair: OperationPair) -> Iterator[Change]:
    for answer in answers(pair):
        for each in headers(answer):
            if each.ceased("required"):
                yield each.change(
                    RULE.id,
                    Variance.WIDENED,
                    "it may be missing",
                    why="clients rely on it to be there" if each.side is Side.RESPONSE else "it need not be sent",
                    remedy="go on sending it always" if each.side is Side.RESPONSE else "",
                    at="required",
                )


RULE = OperationRule(
    "response-header-became-optional",
    "A header may be missing that was always sent.",
    _check,
)
