"""An operation has another operationId."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity, Side
from specloom.release.compat.pairing.match import Match
from specloom.release.compat.pairing.parts import text
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    was, now = text(pair.base, "operationId"), text(pair.revision, "operationId")
    if was != now:
        match = Match(Side.API, pair.label, "operationId", pair.base, pair.revision)
        why = "no request shows it; the name of the method in the package is judged by the client verdict"
        yield match.change(
            RULE.id, Severity.NONE, f"it was {was or 'absent'} and is {now or 'absent'}", why=why, at="operationId"
        )


RULE = OperationRule(
    "operation-id-changed",
    "An operation has another operationId.",
    _check,
)
