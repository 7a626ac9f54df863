"""A variable in the URL of a server may have further values."""

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
            new = [value for value in now if value not in was] if now else ["anything else"]
            if each.both and was and new:
                yield each.change(RULE.id, Severity.ADDITIVE, f"it may be {', '.join(new)} too", at="enum")


RULE = ApiRule(
    "server-variable-value-added",
    "A variable in the URL of a server may have further values.",
    _check,
)
