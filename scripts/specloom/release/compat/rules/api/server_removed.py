"""A server is gone."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.parts import text
from specloom.release.compat.pairing.servers import servers
from specloom.release.compat.pairs import ApiPair
from specloom.release.compat.rule import ApiRule


def _check(pair: ApiPair) -> Iterator[Change]:
    for each in servers(pair):
        if each.removed:
            yield each.change(
                RULE.id,
                Severity.BREAKING,
                f"it is gone ({text(each.base, 'url')})",
                why="clients that are set up for this base URL no longer reach the API",
                remedy="keep the server until nobody calls it",
            )


RULE = ApiRule(
    "server-removed",
    "A server is gone.",
    _check,
)
