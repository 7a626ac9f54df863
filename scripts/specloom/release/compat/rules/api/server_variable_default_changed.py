"""A variable in the URL of a server has another default."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.servers import servers, variables
from specloom.release.compat.pairs import ApiPair
from specloom.release.compat.rule import ApiRule


def _check(pair: ApiPair) -> Iterator[Change]:
    for server in servers(pair):
        for each in variables(server):
            if each.both and each.old.get("default") != each.new.get("default"):
                yield each.change(
                    RULE.id,
                    Severity.BREAKING,
                    f"the default was {each.old.get('default')} and is {each.new.get('default')}",
                    why="clients that leave the variable to its default call another server than before",
                    remedy="keep the default, and let those who want the new value choose it",
                    at="default",
                )


RULE = ApiRule(
    "server-variable-default-changed",
    "A variable in the URL of a server has another default.",
    _check,
)
