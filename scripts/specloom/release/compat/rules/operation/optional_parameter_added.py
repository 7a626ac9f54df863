"""A parameter is new that may be left out."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.requests import parameters, required
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in parameters(pair):
        if each.added and not required(each)[1]:
            message = "it is new and optional"
            yield each.change(RULE.id, Severity.ADDITIVE, message, why="requests without it are as good as before")


RULE = OperationRule(
    "optional-parameter-added",
    "A parameter is new that may be left out.",
    _check,
)
