"""A callback is new."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity, Side
from specloom.release.compat.pairing.match import Match
from specloom.release.compat.pairing.operations import callback_matches
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for name, (base, revision) in callback_matches(pair):
        if base is None and revision is not None:
            match = Match(Side.API, pair.label, f"callback {name}", None, revision.operation)
            message = f"it is new ({revision.label})"
            yield match.change(RULE.id, Severity.ADDITIVE, message, why="nobody receives it yet")


RULE = OperationRule(
    "callback-added",
    "A callback is new.",
    _check,
)
