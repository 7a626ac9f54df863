"""A flow of OAuth is gone from a security scheme."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.security import flow_matches
from specloom.release.compat.pairs import ApiPair
from specloom.release.compat.rule import ApiRule


def _check(pair: ApiPair) -> Iterator[Change]:
    for each in flow_matches(pair):
        if each.removed:
            yield each.change(
                RULE.id,
                Severity.BREAKING,
                "the flow is gone",
                why="clients that get their tokens by it get no more",
                remedy="keep the flow until nobody uses it",
            )


RULE = ApiRule(
    "oauth-flow-removed",
    "A flow of OAuth is gone from a security scheme.",
    _check,
)
