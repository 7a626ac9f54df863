"""Less is promised about an operation."""

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
    if was is not None and (now is None or now < was):
        said = match.old.get("x-stability-level", "stable"), match.new.get("x-stability-level", "stable")
        yield match.change(
            RULE.id,
            Severity.BREAKING,
            f"it was {said[0]} and is {said[1]}",
            why="the operation may change from now on in ways that its users were promised it would not",
            remedy="keep the level; make an operation of its own for what is still in flux",
            at="x-stability-level",
        )


RULE = OperationRule(
    "stability-lowered",
    "Less is promised about an operation.",
    _check,
)
