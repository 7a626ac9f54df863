"""A success no longer ensures something."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.behaviour import ensures, shown
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in ensures(pair):
        if each.base is not None and each.removed:
            yield each.change(
                RULE.id,
                Severity.BREAKING,
                f"a success no longer ensures {shown(each.base.value)}",
                why="clients rely on it without checking it",
                remedy="go on ensuring it",
            )


RULE = OperationRule(
    "ensure-removed",
    "A success no longer ensures something.",
    _check,
)
