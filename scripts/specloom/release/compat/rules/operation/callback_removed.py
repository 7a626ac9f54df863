"""A callback is gone."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity, Side
from specloom.release.compat.pairing.match import Match
from specloom.release.compat.pairing.operations import callback_matches
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for name, (base, revision) in callback_matches(pair):
        if base is not None and revision is None:
            match = Match(Side.API, pair.label, f"callback {name}", base.operation, None)
            yield match.change(
                RULE.id,
                Severity.BREAKING,
                f"it is gone ({base.label})",
                why="who waits for it is told nothing any more",
                remedy="keep sending it with `deprecated: true`, and stop in a later major version",
            )


RULE = OperationRule(
    "callback-removed",
    "A callback is gone.",
    _check,
)
