"""A body is no longer taken in some media type."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change
from specloom.release.compat.pairing.media import covers, media_types
from specloom.release.compat.pairing.requests import request_body
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.release.compat.variance import Variance


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in media_types(request_body(pair)):
        if each.match.removed:
            yield each.match.change(
                RULE.id,
                Variance.NARROWED,
                f"{each.name} is gone" if each.name not in _ranges(pair) else f"not all of {each.name} is left",
                why="bodies of this media type are answered 415",
                remedy="go on accepting this media type",
            )


def _ranges(pair: OperationPair) -> set[str]:
    found = media_types(request_body(pair))
    return {each.name for each in found for other in found if other is not each and covers(each.name, other.name)}


RULE = OperationRule(
    "request-media-type-removed",
    "A body is no longer taken in some media type.",
    _check,
)
