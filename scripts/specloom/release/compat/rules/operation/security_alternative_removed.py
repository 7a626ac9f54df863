"""A credential is no longer accepted."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.security import losses, named, requirements
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for loss in losses(pair, "alternative"):
        yield requirements(pair).change(
            RULE.id,
            Severity.BREAKING,
            f"{named(loss)} is no longer accepted",
            why="calls with this credential are answered 401",
            remedy="keep it in `security` as an alternative until nobody uses it",
        )


RULE = OperationRule(
    "security-alternative-removed",
    "A credential is no longer accepted.",
    _check,
)
