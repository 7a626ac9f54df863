"""A transition leads to another state."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.behaviour import keyword, shown
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    each = keyword(pair, "x-transition")
    if each.both and each.old.get("to") != each.new.get("to"):
        yield each.change(
            RULE.id,
            Severity.BREAKING,
            f"a success moved a record to {shown(each.old.get('to'))} and moves it to {shown(each.new.get('to'))}",
            why="clients find the record in a state that they did not ask for",
            remedy="keep the state; make an operation of its own for the other one",
            at="to",
        )


RULE = OperationRule(
    "transition-target-changed",
    "A transition leads to another state.",
    _check,
)
