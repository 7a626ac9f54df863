"""A day is named from which something deprecated may be gone."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.lifecycle import marked, sunset
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in marked(pair):
        end = sunset(each.revision)
        if end is not None and sunset(each.base) is None and each.old.get("deprecated") is True:
            yield each.change(
                RULE.id, Severity.ADDITIVE, f"it may be gone from {end} on", why="until then it works", at="x-sunset"
            )


RULE = OperationRule(
    "sunset-announced",
    "A day is named from which something deprecated may be gone.",
    _check,
)
