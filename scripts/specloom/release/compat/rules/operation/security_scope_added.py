"""A further scope is needed."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.security import losses, named, requirements
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for loss in losses(pair, "scopes"):
        yield requirements(pair).change(
            RULE.id,
            Severity.BREAKING,
            f"{named(loss)} is no longer enough: a further scope is needed",
            why="tokens that were issued without the scope are answered 403",
            remedy="grant the scope to all tokens that could call the operation before, or do not ask for it",
        )


RULE = OperationRule(
    "security-scope-added",
    "A further scope is needed.",
    _check,
)
