"""More is promised about an operation."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity, Side
from specloom.release.compat.pairing.lifecycle import stability
from specloom.release.compat.pairing.match import Match
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    match = Match(Side.API, pair.label, "x-stability-level", pair.base, pair.revision)
    was, now = stability(pair.base), stability(pair.revision)
    if now is not None and (was is None or now > was):
        said = match.old.get("x-stability-level", "stable"), match.new.get("x-stability-level", "stable")
        message = f"it was {said[0]} and is {said[1]}"
        yield match.change(RULE.id, Severity.ADDITIVE, message, at="x-stability-level")


RULE = OperationRule(
    "stability-raised",
    "More is promised about an operation.",
    _check,
)
