"""The value of a parameter is written in another format."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.media import normal
from specloom.release.compat.pairing.parts import members
from specloom.release.compat.pairing.requests import moved, parameters
from specloom.release.compat.pairs import OperationPair, Part
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in parameters(pair):
        was, now = _formats(each.base), _formats(each.revision)
        if each.both and not moved(each) and was != now:
            yield each.change(
                RULE.id,
                Severity.BREAKING,
                f"its format was {was} and is {now}",
                why="the value is read in another way than it is sent",
                remedy="keep the format; offer the other one under another name",
                at="content",
            )


def _formats(parameter: Part | None) -> str:
    return ", ".join(normal(name) for name, _ in members(parameter, "content")) or "plain text of a schema"


RULE = OperationRule(
    "parameter-content-changed",
    "The value of a parameter is written in another format.",
    _check,
)
