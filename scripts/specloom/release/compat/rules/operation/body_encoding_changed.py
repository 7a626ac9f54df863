"""A part of a form or of a multipart body is encoded in another way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.behaviour import shown
from specloom.release.compat.pairing.media import media_types
from specloom.release.compat.pairing.parts import fields, members
from specloom.release.compat.pairing.requests import request_body
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.spec.equality import equal

_MEMBERS: Final = ("contentType", "style", "explode", "allowReserved")


def _check(pair: OperationPair) -> Iterator[Change]:
    for media in media_types(request_body(pair)):
        old, new = dict(members(media.match.base, "encoding")), dict(members(media.match.revision, "encoding"))
        for name in (name for name in old if name in new):
            for member in _MEMBERS:
                was, now = fields(old[name]).get(member), fields(new[name]).get(member)
                if was is not None and now is not None and not equal(was, now):
                    yield media.match.change(
                        RULE.id,
                        Severity.BREAKING,
                        f"{member} of the part {name} was {shown(was)} and is {shown(now)}",
                        why="the part is read in another way than it is sent",
                        remedy="keep the encoding; offer the other one under another media type",
                        at="encoding",
                    )


RULE = OperationRule(
    "body-encoding-changed",
    "A part of a form or of a multipart body is encoded in another way.",
    _check,
)
