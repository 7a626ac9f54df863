"""A transition sets something more."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.behaviour import effects, shown
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in effects(pair):
        if each.revision is not None and each.added:
            yield each.change(RULE.id, Severity.ADDITIVE, f"a success sets it to {shown(each.revision.value)}")


RULE = OperationRule(
    "transition-effect-added",
    "A transition sets something more.",
    _check,
)
