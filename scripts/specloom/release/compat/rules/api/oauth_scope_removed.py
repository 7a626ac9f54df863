"""A scope is gone from a flow of OAuth."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.parts import child, members
from specloom.release.compat.pairing.security import flow_matches
from specloom.release.compat.pairs import ApiPair
from specloom.release.compat.rule import ApiRule


def _check(pair: ApiPair) -> Iterator[Change]:
    for each in flow_matches(pair):
        gone = [scope for scope, _ in members(each.base, "scopes") if child(each.revision, "scopes", scope) is None]
        if each.both and gone:
            yield each.change(
                RULE.id,
                Severity.BREAKING,
                f"the scopes {', '.join(gone)} are gone",
                why="an authorization server answers `invalid_scope` to clients that ask for one (RFC 6749, 4.1.2.1)",
                remedy="keep the scopes, if only as names that grant nothing",
                at="scopes",
            )


RULE = ApiRule(
    "oauth-scope-removed",
    "A scope is gone from a flow of OAuth.",
    _check,
)
