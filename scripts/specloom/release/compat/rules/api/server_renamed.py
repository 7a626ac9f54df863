"""A server has another name."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.parts import text
from specloom.release.compat.pairing.servers import servers
from specloom.release.compat.pairs import ApiPair
from specloom.release.compat.rule import ApiRule


def _check(pair: ApiPair) -> Iterator[Change]:
    for each in servers(pair):
        if each.both and text(each.base, "x-name") != text(each.revision, "x-name"):
            was, now = text(each.base, "x-name") or "without a name", text(each.revision, "x-name") or "without one"
            why = "no request shows it; what a client is told as `environment` is judged by the client verdict"
            yield each.change(RULE.id, Severity.NONE, f"it was called {was} and is called {now}", why=why, at="x-name")


RULE = ApiRule(
    "server-renamed",
    "A server has another name.",
    _check,
)
