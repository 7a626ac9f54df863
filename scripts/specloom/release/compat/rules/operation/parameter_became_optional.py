"""A parameter may be left out that had to be sent before."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Side
from specloom.release.compat.pairing.requests import parameters, required
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.release.compat.variance import Variance


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in parameters(pair):
        if each.both and required(each) == (True, False):
            yield each.change(
                RULE.id,
                Variance.WIDENED,
                "it is now optional",
                why="requests with it are as good as before" if each.side is Side.REQUEST else "it may be missing",
                remedy="" if each.side is Side.REQUEST else "go on sending it always",
                at="required",
            )


RULE = OperationRule(
    "parameter-became-optional",
    "A parameter may be left out that had to be sent before.",
    _check,
)
