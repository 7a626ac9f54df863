"""A header is always sent that could be missing before."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change
from specloom.release.compat.pairing.responses import answers, headers
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.release.compat.variance import Variance


def _check(pair: OperationPair) -> Iterator[Change]:
    for answer in answers(pair):
        for each in headers(answer):
            if each.became("required"):
                yield each.change(RULE.id, Variance.NARROWED, "it is always there", at="required")


RULE = OperationRule(
    "response-header-became-required",
    "A header is always sent that could be missing before.",
    _check,
)
