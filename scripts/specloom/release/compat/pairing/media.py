"""Pair the media types of a body, ranges such as `application/*` among them."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from specloom.release.compat.pairing.match import Match
from specloom.release.compat.pairing.parts import members
from specloom.release.compat.pairs import Part


@attrs.frozen
class MediaMatch:
    """A media type of a body: its name, and what it holds where each document has it or a range that covers it.

    `base_name` and `revision_name` are the names there, None where a document has neither.
    """

    name: str
    base_name: str | None
    revision_name: str | None
    match: Match


def media_types(body: Match) -> list[MediaMatch]:
    """Return the media types of a body of a request, of a response, of a parameter or of a header.

    Where a document has no such body at all there are none: that it was added or removed is another finding.
    """
    old, new = _content(body.base), _content(body.revision)
    names = dict.fromkeys([*old, *new] if old and new else [])
    return [
        _match(name, body if len(names) == 1 else attrs.evolve(body, where=f"{body.where} ({name})"), old, new)
        for name in names
    ]


def covers(wide: str, narrow: str) -> bool:
    """Whether each body of the media type `narrow` is one of `wide`: `application/*` covers `application/json`."""
    wide_type, _, wide_parameters = wide.partition(";")
    narrow_type, _, narrow_parameters = narrow.partition(";")
    if wide_parameters and wide_parameters != narrow_parameters:
        return False
    wide_main, _, wide_sub = wide_type.partition("/")
    narrow_main, _, narrow_sub = narrow_type.partition("/")
    if wide_type == "*/*":
        return True
    if wide_main != narrow_main:
        return False
    return wide_sub in {"*", narrow_sub} or (wide_sub.startswith("*+") and narrow_sub.endswith(wide_sub[1:]))


def normal(name: str) -> str:
    """Return the name of a media type in lower case without blanks; JSON without its charset, which says nothing."""
    kind, *parameters = (each.strip().lower() for each in name.split(";"))
    if kind.endswith(("/json", "+json")):  # RFC 8259, section 11: no charset parameter is defined
        parameters = [each for each in parameters if not each.startswith("charset=")]
    return ";".join([kind, *sorted(filter(None, parameters))])


def _content(body: Part | None) -> dict[str, Part]:
    return {normal(name): media for name, media in members(body, "content")}


def _match(name: str, body: Match, old: Mapping[str, Part], new: Mapping[str, Part]) -> MediaMatch:
    base, revision = _covering(old, name), _covering(new, name)
    match = attrs.evolve(
        body, base=None if base is None else old[base], revision=None if revision is None else new[revision]
    )
    return MediaMatch(name, base, revision, match)


def _covering(content: Mapping[str, Part], name: str) -> str | None:
    """Return the media type called `name`, or the narrowest range that covers it."""
    return max((each for each in content if covers(each, name)), key=_narrowness, default=None)


def _narrowness(name: str) -> tuple[bool, int]:
    return "*" not in name, len(name)
