"""An operation, a parameter or a header is now deprecated."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.lifecycle import marked, sunset
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in marked(pair):
        if each.became("deprecated"):
            end = sunset(each.revision)
            yield each.change(
                RULE.id,
                Severity.ADDITIVE,
                f"it is deprecated{f', and may be gone from {end} on' if end else ''}",
                why="it works as before; this is the time to move on",
                at="deprecated",
            )


RULE = OperationRule(
    "deprecated",
    "An operation, a parameter or a header is now deprecated.",
    _check,
)
