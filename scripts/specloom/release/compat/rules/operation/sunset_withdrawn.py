"""The day until which something deprecated stays is no longer named."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.lifecycle import marked, sunset
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in marked(pair):
        was = sunset(each.base)
        if was is not None and sunset(each.revision) is None and each.new.get("deprecated") is True:
            yield each.change(
                RULE.id,
                Severity.BREAKING,
                f"it was announced to stay until {was}; now it is deprecated, and no date is named",
                why="it may be gone before the date by which the makers of clients planned",
                remedy="name the date in `x-sunset` as YYYY-MM-DD",
                at="x-sunset",
            )


RULE = OperationRule(
    "sunset-withdrawn",
    "The day until which something deprecated stays is no longer named.",
    _check,
)
