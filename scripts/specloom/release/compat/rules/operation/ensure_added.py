"""A success ensures something more."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.behaviour import ensures, shown
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in ensures(pair):
        if each.revision is not None and each.added:
            yield each.change(RULE.id, Severity.ADDITIVE, f"a success ensures {shown(each.revision.value)}")


RULE = OperationRule(
    "ensure-added",
    "A success ensures something more.",
    _check,
)
