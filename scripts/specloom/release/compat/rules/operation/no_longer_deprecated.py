"""An operation, a parameter or a header is no longer deprecated."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.lifecycle import marked
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in marked(pair):
        if each.ceased("deprecated"):
            yield each.change(RULE.id, Severity.ADDITIVE, "it is no longer deprecated", why="it stays", at="deprecated")


RULE = OperationRule(
    "no-longer-deprecated",
    "An operation, a parameter or a header is no longer deprecated.",
    _check,
)
