"""No credential is needed where one was."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.security import alternatives, requirements
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    old, new = alternatives(pair)
    if {} in new and {} not in old:
        why = "calls with a credential are as good as before"
        yield requirements(pair).change(RULE.id, Severity.ADDITIVE, "no credential is needed any more", why=why)


RULE = OperationRule(
    "security-became-optional",
    "No credential is needed where one was.",
    _check,
)
