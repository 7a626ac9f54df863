"""An operation is gone that was not deprecated before."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity, Side
from specloom.release.compat.pairing.match import Match
from specloom.release.compat.pairing.operations import endpoint_matches, paths
from specloom.release.compat.pairing.parts import fields
from specloom.release.compat.pairs import ApiPair
from specloom.release.compat.rule import ApiRule


def _check(pair: ApiPair) -> Iterator[Change]:
    for base, revision in endpoint_matches(paths(pair.base), paths(pair.revision)):
        if base is not None and revision is None and fields(base.operation).get("deprecated") is not True:
            match = Match(Side.API, base.label, "operation", base.operation, None)
            yield match.change(
                RULE.id,
                Severity.BREAKING,
                "it is gone, without having been deprecated",
                why="a client that calls it is answered 404 or 405",
                remedy="keep it with `deprecated: true` and `x-sunset`, and remove it in a later major version",
            )


RULE = ApiRule(
    "operation-removed",
    "An operation is gone that was not deprecated before.",
    _check,
)
