"""The value of a parameter is written in another style."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.requests import moved, parameters
from specloom.release.compat.pairing.serialization import may_be_composite, style
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule

# These put something before a value even when it is a single one.
_PREFIXED: Final = {"label", "matrix"}


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in parameters(pair):
        if not each.both or moved(each):
            continue
        was, now = style(each.base), style(each.revision)
        if was != now:
            alike = {was, now} & _PREFIXED == set() and not may_be_composite(each)
            yield each.change(
                RULE.id,
                Severity.NONE if alike else Severity.BREAKING,
                f"the style was {was} and is {now}",
                why="a single value is written alike in both"
                if alike
                else "the value is read in another way than it is sent",
                remedy="" if alike else "keep the style; offer the other one under another name",
                at="style",
            )


RULE = OperationRule(
    "parameter-style-changed",
    "The value of a parameter is written in another style.",
    _check,
)
