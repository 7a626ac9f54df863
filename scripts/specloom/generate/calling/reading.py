"""Read answers as the spec documents them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from specloom.generate.runtime.responses import RawResponse

Reader = Callable[[RawResponse], Any]


def by_stock(parse: Callable[..., Any]) -> Reader:
    """Return the reader that is `_parse_response` of an operation; for a documented status it needs no client."""
    return lambda answer: parse(client=None, response=answer)


def as_nothing(answer: RawResponse) -> None:
    """Read an answer that has no content, or none that says anything."""


def as_json(answer: RawResponse) -> Any:
    """Read JSON of any shape."""
    return answer.json()


def as_text(answer: RawResponse) -> str:
    """Read text."""
    return answer.text


def as_bytes(answer: RawResponse) -> bytes:
    """Read bytes."""
    return answer.content


def or_empty(reader: Reader, empty: Callable[[], Any]) -> Reader:
    """Return a reader for which no content means an object without members."""
    return lambda answer: reader(answer) if answer.content else empty()


def by_media_type(first: Reader, others: Mapping[str, Reader]) -> Reader:
    """Return a reader that goes by the media type of the answer, and reads by `first` what is none of `others`."""

    def read(answer: RawResponse) -> Any:
        return others.get(answer.media_type, first)(answer)

    return read
