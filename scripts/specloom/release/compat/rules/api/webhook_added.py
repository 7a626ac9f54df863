"""A webhook is new."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity, Side
from specloom.release.compat.pairing.match import Match
from specloom.release.compat.pairing.operations import endpoint_matches, paths
from specloom.release.compat.pairs import ApiPair
from specloom.release.compat.rule import ApiRule


def _check(pair: ApiPair) -> Iterator[Change]:
    for base, revision in endpoint_matches(paths(pair.base, "webhooks"), paths(pair.revision, "webhooks")):
        if base is None and revision is not None:
            label = f"webhook {revision.label}"
            match = Match(Side.API, label, "webhook", None, revision.operation)
            yield match.change(RULE.id, Severity.ADDITIVE, "it is new", why="nobody receives it yet")


RULE = ApiRule(
    "webhook-added",
    "A webhook is new.",
    _check,
)
