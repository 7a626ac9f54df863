"""An operation has a further outcome."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.behaviour import outcomes
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in outcomes(pair):
        if each.added:
            message = f"it is an outcome now, answered {each.new.get('status')}"
            why = "what is refused is said elsewhere (security, transition); this says with which status"
            yield each.change(RULE.id, Severity.ADDITIVE, message, why=why)


RULE = OperationRule(
    "outcome-added",
    "An operation has a further outcome.",
    _check,
)
