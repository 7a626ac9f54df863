"""A server is new."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.parts import text
from specloom.release.compat.pairing.servers import servers
from specloom.release.compat.pairs import ApiPair
from specloom.release.compat.rule import ApiRule


def _check(pair: ApiPair) -> Iterator[Change]:
    for each in servers(pair):
        if each.added:
            message = f"it is new ({text(each.revision, 'url')})"
            yield each.change(RULE.id, Severity.ADDITIVE, message, why="the other servers are still there")


RULE = ApiRule(
    "server-added",
    "A server is new.",
    _check,
)
