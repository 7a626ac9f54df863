"""An error says where it names what is at fault."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.behaviour import faults
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in faults(pair):
        if each.added:
            message = f"it is at {each.new.get('at')} now"
            yield each.change(RULE.id, Severity.ADDITIVE, message)


RULE = OperationRule(
    "fault-location-added",
    "An error says where it names what is at fault.",
    _check,
)
