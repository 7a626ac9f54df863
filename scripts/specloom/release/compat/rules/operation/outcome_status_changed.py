"""An outcome is answered with another status."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.behaviour import outcomes
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in outcomes(pair):
        if each.both and each.old.get("status") != each.new.get("status"):
            yield each.change(
                RULE.id,
                Severity.BREAKING,
                f"it was answered {each.old.get('status')} and is answered {each.new.get('status')}",
                why="clients that tell the outcome by its status take it for another one",
                remedy="keep the status, and say more in the body",
                at="status",
            )


RULE = OperationRule(
    "outcome-status-changed",
    "An outcome is answered with another status.",
    _check,
)
