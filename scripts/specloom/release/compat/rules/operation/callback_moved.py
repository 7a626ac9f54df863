"""A callback is sent elsewhere or by another method."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity, Side
from specloom.release.compat.pairing.match import Match
from specloom.release.compat.pairing.operations import callback_matches
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for name, (base, revision) in callback_matches(pair):
        if base is not None and revision is not None and base.label != revision.label:
            match = Match(Side.API, pair.label, f"callback {name}", base.operation, revision.operation)
            yield match.change(
                RULE.id,
                Severity.BREAKING,
                f"it was {base.label} and is {revision.label}",
                why="it does not arrive where it is waited for",
                remedy="keep the URL and the method of the callback",
            )


RULE = OperationRule(
    "callback-moved",
    "A callback is sent elsewhere or by another method.",
    _check,
)
