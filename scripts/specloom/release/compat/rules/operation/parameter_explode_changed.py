"""The elements of a parameter are written together that were written apart, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.requests import moved, parameters
from specloom.release.compat.pairing.serialization import explode, may_be_composite, style
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in parameters(pair):
        if not each.both or moved(each) or style(each.base) != style(each.revision):
            continue
        was, now = explode(each.base), explode(each.revision)
        if was != now:
            alike = not may_be_composite(each)
            yield each.change(
                RULE.id,
                Severity.NONE if alike else Severity.BREAKING,
                f"explode was {str(was).lower()} and is {str(now).lower()}",
                why="a single value is written alike in both"
                if alike
                else "several values are read as one, or one as several",
                remedy="" if alike else "keep explode as it was; offer the other form under another name",
                at="explode",
            )


RULE = OperationRule(
    "parameter-explode-changed",
    "The elements of a parameter are written together that were written apart, or the other way round.",
    _check,
)
