"""A body is taken in a further media type."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Side
from specloom.release.compat.pairing.media import media_types
from specloom.release.compat.pairing.requests import request_body
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.release.compat.variance import Variance


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in media_types(request_body(pair)):
        if each.match.added:
            yield each.match.change(
                RULE.id,
                Variance.WIDENED,
                f"{each.name} is new",
                why="the other media types are still there"
                if each.match.side is Side.REQUEST
                else "clients are sent bodies of a media type that they were not made for",
                remedy="" if each.match.side is Side.REQUEST else "let clients subscribe to this media type",
            )


RULE = OperationRule(
    "request-media-type-added",
    "A body is taken in a further media type.",
    _check,
)
