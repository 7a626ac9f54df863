"""An operation changes records no more."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.behaviour import keyword, shown
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    each = keyword(pair, "x-transition")
    if each.removed and each.base is not None:
        yield each.change(
            RULE.id,
            Severity.BREAKING,
            f"a success no longer moves a record to {shown(each.old.get('to'))}",
            why="what clients call the operation for no longer happens",
            remedy="keep the effect; make an operation of its own for a call without it",
        )


RULE = OperationRule(
    "transition-removed",
    "An operation changes records no more.",
    _check,
)
