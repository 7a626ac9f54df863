"""A further credential is accepted."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.security import gains, named, requirements
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for gain in gains(pair, "alternative"):
        why = "the other credentials are still accepted"
        yield requirements(pair).change(RULE.id, Severity.ADDITIVE, f"{named(gain)} is accepted", why=why)


RULE = OperationRule(
    "security-alternative-added",
    "A further credential is accepted.",
    _check,
)
