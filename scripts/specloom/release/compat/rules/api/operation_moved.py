"""An operation has another method or path."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity, Side
from specloom.release.compat.pairing.match import Match
from specloom.release.compat.pairing.operations import endpoint_matches, paths, template
from specloom.release.compat.pairs import ApiPair
from specloom.release.compat.rule import ApiRule


def _check(pair: ApiPair) -> Iterator[Change]:
    for base, revision in endpoint_matches(paths(pair.base), paths(pair.revision)):
        if base is None or revision is None:
            continue
        if (base.method, template(base.path)) != (revision.method, template(revision.path)):
            match = Match(Side.API, base.label, "operation", base.operation, revision.operation)
            yield match.change(
                RULE.id,
                Severity.BREAKING,
                f"it is now {revision.label}",
                why="a client that calls it where it was is answered 404 or 405",
                remedy="serve it under the old method and path too, there with `deprecated: true`",
            )


RULE = ApiRule(
    "operation-moved",
    "An operation has another method or path.",
    _check,
)
