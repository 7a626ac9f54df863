"""A transition no longer sets something."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.behaviour import effects, shown
from specloom.release.compat.pairs import OperationPair, Part
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in effects(pair):
        if each.removed:
            yield each.change(
                RULE.id,
                Severity.BREAKING,
                f"a success no longer sets it to {_said(each.base)}",
                why="clients that read it afterwards do not find what they did",
                remedy="go on setting it",
            )


def _said(part: Part | None) -> str:
    return "" if part is None else shown(part.value)


RULE = OperationRule(
    "transition-effect-removed",
    "A transition no longer sets something.",
    _check,
)
