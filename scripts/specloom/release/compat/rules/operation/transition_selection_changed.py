"""A transition finds its records in another way."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.behaviour import keyword, selection
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    each = keyword(pair, "x-transition")
    if each.both and selection(each.base, pair.base_path) != selection(each.revision, pair.revision_path):
        yield each.change(
            RULE.id,
            Severity.BREAKING,
            "the values of a request by which records are found are others than before",
            why="the same request meets another record, or none",
            remedy="go on finding records by the values that requests name them by",
            at="match",
        )


RULE = OperationRule(
    "transition-selection-changed",
    "A transition finds its records in another way.",
    _check,
)
