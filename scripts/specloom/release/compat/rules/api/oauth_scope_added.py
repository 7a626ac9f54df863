"""A flow of OAuth has a further scope."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.parts import child, members
from specloom.release.compat.pairing.security import flow_matches
from specloom.release.compat.pairs import ApiPair
from specloom.release.compat.rule import ApiRule


def _check(pair: ApiPair) -> Iterator[Change]:
    for each in flow_matches(pair):
        new = [scope for scope, _ in members(each.revision, "scopes") if child(each.base, "scopes", scope) is None]
        if each.both and new:
            message = f"the scopes {', '.join(new)} are new"
            yield each.change(
                RULE.id, Severity.ADDITIVE, message, why="no operation asks for one only because it exists", at="scopes"
            )


RULE = ApiRule(
    "oauth-scope-added",
    "A flow of OAuth has a further scope.",
    _check,
)
