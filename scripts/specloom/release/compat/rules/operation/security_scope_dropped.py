"""A scope is no longer needed."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.security import gains, named, requirements
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for gain in gains(pair, "scopes"):
        yield requirements(pair).change(RULE.id, Severity.ADDITIVE, f"{named(gain) or 'no scope'} is enough now")


RULE = OperationRule(
    "security-scope-dropped",
    "A scope is no longer needed.",
    _check,
)
