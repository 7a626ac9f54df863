"""An error no longer says where it names what is at fault."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.behaviour import faults
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in faults(pair):
        if each.removed:
            yield each.change(
                RULE.id,
                Severity.BREAKING,
                f"it was at {each.old.get('at')} and is no longer given",
                why="clients that show it beside the field at fault no longer find it",
                remedy="go on naming what is at fault in the body",
            )


RULE = OperationRule(
    "fault-location-removed",
    "An error no longer says where it names what is at fault.",
    _check,
)
