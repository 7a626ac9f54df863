"""An operation depends on the state of a record, and changes it."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.behaviour import keyword, shown
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    each = keyword(pair, "x-transition")
    if each.added and each.revision is not None:
        yield each.change(
            RULE.id,
            Severity.BREAKING,
            f"a success now moves a record to {shown(each.new.get('to'))}",
            why="calls for records in other states, which were good before, are refused, and others have an effect",
            remedy="make it an operation of its own, or ask for the effect by an optional parameter",
        )


RULE = OperationRule(
    "transition-added",
    "An operation depends on the state of a record, and changes it.",
    _check,
)
