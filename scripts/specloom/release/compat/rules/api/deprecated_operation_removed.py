"""An operation is gone that was deprecated before."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity, Side
from specloom.release.compat.pairing.lifecycle import sunset
from specloom.release.compat.pairing.match import Match
from specloom.release.compat.pairing.operations import endpoint_matches, paths
from specloom.release.compat.pairing.parts import fields
from specloom.release.compat.pairs import ApiPair
from specloom.release.compat.rule import ApiRule


def _check(pair: ApiPair) -> Iterator[Change]:
    for base, revision in endpoint_matches(paths(pair.base), paths(pair.revision)):
        if base is not None and revision is None and fields(base.operation).get("deprecated") is True:
            match = Match(Side.API, base.label, "operation", base.operation, None)
            end = sunset(base.operation)
            yield match.change(
                RULE.id,
                Severity.BREAKING,
                f"it is gone, as announced{f' for {end}' if end else ''}",
                why="who has not moved on in time is answered 404 or 405: announced or not, such a client breaks",
                remedy="remove it together with other breaking changes, in a major version",
            )


RULE = ApiRule(
    "deprecated-operation-removed",
    "An operation is gone that was deprecated before.",
    _check,
)
