"""An operation has one outcome less."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.behaviour import outcomes
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in outcomes(pair):
        if each.removed:
            message = f"it was answered {each.old.get('status')}, and is no outcome any more"
            yield each.change(RULE.id, Severity.ADDITIVE, message, why="there is one case less to handle")


RULE = OperationRule(
    "outcome-removed",
    "An operation has one outcome less.",
    _check,
)
