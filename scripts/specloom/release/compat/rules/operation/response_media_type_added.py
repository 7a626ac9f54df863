"""A response comes in a further media type."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.media import media_types
from specloom.release.compat.pairing.responses import answers
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for answer in answers(pair):
        for each in media_types(answer.match):
            if each.match.added:
                why = "clients get it when they ask for it in Accept"
                yield each.match.change(RULE.id, Severity.ADDITIVE, f"{each.name} is new", why=why)


RULE = OperationRule(
    "response-media-type-added",
    "A response comes in a further media type.",
    _check,
)
