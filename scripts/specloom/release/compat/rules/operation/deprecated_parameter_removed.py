"""A parameter is gone that was deprecated before."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.lifecycle import sunset
from specloom.release.compat.pairing.requests import parameters
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in parameters(pair):
        if each.removed and each.old.get("deprecated") is True:
            end = sunset(each.base)
            yield each.change(
                RULE.id,
                Severity.BREAKING,
                f"it is gone, as announced{f' for {end}' if end else ''}",
                why="what clients that have not moved on say with it is ignored, or refused",
                remedy="remove it together with other breaking changes, in a major version",
            )


RULE = OperationRule(
    "deprecated-parameter-removed",
    "A parameter is gone that was deprecated before.",
    _check,
)
