"""An error names what is at fault elsewhere or in another way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.behaviour import faults, shown
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.spec.equality import equal

_MEMBERS: Final = ("at", "entry", "notation")


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in faults(pair):
        for member in _MEMBERS:
            was, now = each.old.get(member), each.new.get(member)
            if each.both and not equal(was, now):
                yield each.change(
                    RULE.id,
                    Severity.BREAKING,
                    f"{member} was {shown(was)} and is {shown(now)}",
                    why="clients that show it beside the field at fault look for it where and as it was",
                    remedy="keep what was there, and add the other form beside it",
                    at=member,
                )


RULE = OperationRule(
    "fault-location-changed",
    "An error names what is at fault elsewhere or in another way.",
    _check,
)
