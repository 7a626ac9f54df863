"""A webhook is gone."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity, Side
from specloom.release.compat.pairing.match import Match
from specloom.release.compat.pairing.operations import endpoint_matches, paths
from specloom.release.compat.pairs import ApiPair
from specloom.release.compat.rule import ApiRule


def _check(pair: ApiPair) -> Iterator[Change]:
    for base, revision in endpoint_matches(paths(pair.base, "webhooks"), paths(pair.revision, "webhooks")):
        if base is not None and revision is None:
            label = f"webhook {base.label}"
            match = Match(Side.API, label, "webhook", base.operation, None)
            yield match.change(
                RULE.id,
                Severity.BREAKING,
                "it is gone",
                why="who waits for it is told nothing any more",
                remedy="keep sending it with `deprecated: true`, and stop in a later major version",
            )


RULE = ApiRule(
    "webhook-removed",
    "A webhook is gone.",
    _check,
)
