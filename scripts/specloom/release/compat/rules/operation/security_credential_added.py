"""A further credential is needed beside another one."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.security import losses, named, requirements
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for loss in losses(pair, "schemes"):
        yield requirements(pair).change(
            RULE.id,
            Severity.BREAKING,
            f"{named(loss)} alone is no longer enough",
            why="calls without the further credential are answered 401",
            remedy="keep what was enough before in `security` as an alternative",
        )


RULE = OperationRule(
    "security-credential-added",
    "A further credential is needed beside another one.",
    _check,
)
