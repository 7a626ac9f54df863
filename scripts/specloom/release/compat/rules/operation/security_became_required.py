"""A credential is needed where none was."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.security import alternatives, named, requirements
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    old, new = alternatives(pair)
    if {} in old and {} not in new:
        yield requirements(pair).change(
            RULE.id,
            Severity.BREAKING,
            f"a credential is needed now: {' or '.join(map(named, new))}",
            why="calls without a credential, which were good before, are answered 401",
            remedy="add `{}` to `security`: then a credential is possible, and not needed",
        )


RULE = OperationRule(
    "security-became-required",
    "A credential is needed where none was.",
    _check,
)
