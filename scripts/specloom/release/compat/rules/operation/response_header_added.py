"""A response has a further header."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity, Side
from specloom.release.compat.pairing.responses import answers, headers
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.release.compat.variance import Variance


def _check(pair: OperationPair) -> Iterator[Change]:
    for answer in answers(pair):
        for each in headers(answer):
            if each.added:
                needed = each.new.get("required") is True
                yield each.change(
                    RULE.id,
                    Variance.NARROWED if needed else Severity.ADDITIVE,
                    f"it is new{' and required' if needed else ''}",
                    why="clients ignore headers that they do not know" if each.side is Side.RESPONSE else "",
                )


RULE = OperationRule(
    "response-header-added",
    "A response has a further header.",
    _check,
)
