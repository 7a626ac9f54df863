"""A variable in the URL of a server may no longer have some value."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.parts import strings
from specloom.release.compat.pairing.servers import servers, variables
from specloom.release.compat.pairs import ApiPair
from specloom.release.compat.rule import ApiRule


def _check(pair: ApiPair) -> Iterator[Change]:
    for server in servers(pair):
        for each in variables(server):
            was, now = strings(each.old.get("enum")), strings(each.new.get("enum"))
            gone = [value for value in was if value not in now] if was else ["anything else"]
            if each.both and now and gone:
                yield each.change(
                    RULE.id,
                    Severity.BREAKING,
                    f"it may be {', '.join(now)}, and no longer {', '.join(gone)}",
                    why="clients that are set up with it no longer reach the API",
                    remedy="keep the servers with this value until nobody calls them",
                    at="enum",
                )


RULE = ApiRule(
    "server-variable-value-removed",
    "A variable in the URL of a server may no longer have some value.",
    _check,
)
