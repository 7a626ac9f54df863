"""A server has another URL."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.parts import text
from specloom.release.compat.pairing.servers import servers
from specloom.release.compat.pairs import ApiPair
from specloom.release.compat.rule import ApiRule


def _check(pair: ApiPair) -> Iterator[Change]:
    for each in servers(pair):
        if each.both and text(each.base, "url") != text(each.revision, "url"):
            yield each.change(
                RULE.id,
                Severity.BREAKING,
                f"the URL was {text(each.base, 'url')} and is {text(each.revision, 'url')}",
                why="clients that are set up for the old base URL no longer reach the API",
                remedy="list the new URL as a further server, and keep the old one until nobody calls it",
                at="url",
            )


RULE = ApiRule(
    "server-url-changed",
    "A server has another URL.",
    _check,
)
