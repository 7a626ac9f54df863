"""A security scheme has a further flow of OAuth."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.security import flow_matches
from specloom.release.compat.pairs import ApiPair
from specloom.release.compat.rule import ApiRule


def _check(pair: ApiPair) -> Iterator[Change]:
    for each in flow_matches(pair):
        if each.added:
            yield each.change(RULE.id, Severity.ADDITIVE, "the flow is new", why="the other flows are still there")


RULE = ApiRule(
    "oauth-flow-added",
    "A security scheme has a further flow of OAuth.",
    _check,
)
