"""Something deprecated may be gone earlier than was announced."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.lifecycle import marked, sunset
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in marked(pair):
        was, now = sunset(each.base), sunset(each.revision)
        if was is not None and now is not None and now < was:
            yield each.change(
                RULE.id,
                Severity.BREAKING,
                f"it was announced to stay until {was}, and may now be gone from {now} on",
                why="clients whose makers planned by the first date break before it",
                remedy="keep the date that was announced",
                at="x-sunset",
            )


RULE = OperationRule(
    "sunset-brought-forward",
    "Something deprecated may be gone earlier than was announced.",
    _check,
)
