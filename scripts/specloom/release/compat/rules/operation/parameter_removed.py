"""A parameter is gone that was not deprecated before."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.requests import parameters
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in parameters(pair):
        if each.removed and each.old.get("deprecated") is not True:
            yield each.change(
                RULE.id,
                Severity.BREAKING,
                "it is gone",
                why="what clients say with it is ignored, or refused",
                remedy="keep it with `deprecated: true`, and remove it in a later major version",
            )


RULE = OperationRule(
    "parameter-removed",
    "A parameter is gone that was not deprecated before.",
    _check,
)
