"""A response no longer comes in some media type."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.media import covers, media_types
from specloom.release.compat.pairing.responses import answers
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for answer in answers(pair):
        found = media_types(answer.match)
        left = [each.revision_name for each in found if each.revision_name is not None]
        for each in found:
            if each.base_name == each.name and not any(covers(each.name, name) for name in left):
                yield each.match.change(
                    RULE.id,
                    Severity.BREAKING,
                    f"{each.name} is {'no longer promised' if each.match.both else 'gone'}",
                    why="clients that read this media type, or ask for it in Accept, no longer get it",
                    remedy="go on offering this media type",
                )


RULE = OperationRule(
    "response-media-type-removed",
    "A response no longer comes in some media type.",
    _check,
)
