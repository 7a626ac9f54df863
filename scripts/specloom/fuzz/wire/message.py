"""Requests and answers as they go over the wire."""

from __future__ import annotations

from typing import Protocol

import attrs

from specloom.spec import SpecloomError

Headers = tuple[tuple[str, str], ...]


@attrs.frozen
class Request:
    """A request: `target` is path and query below the base URL, percent-encoded already.

    `target` and `headers` go out as they are, in ISO 8859-1, so that each byte can be written. `body` None sends none.
    """

    method: str
    target: str
    headers: Headers = attrs.field(default=(), repr=False)
    body: bytes | None = attrs.field(default=None, repr=False)


@attrs.frozen
class Answer:
    """An answer: headers as they came, and the seconds from sending the request to its last byte."""

    status: int
    headers: Headers = ()
    body: bytes = attrs.field(default=b"", repr=False)
    seconds: float = 0.0

    def header_values(self, name: str) -> list[str]:
        """Return the values of the header `name` (in lower case), one for each line that it came on."""
        return [value for key, value in self.headers if key.lower() == name]


class NoAnswerError(SpecloomError):
    """A request had no whole answer: no connection, a time-out, or an answer that breaks off or is no HTTP."""


class Wire(Protocol):
    """A way to a server."""

    def send(self, request: Request) -> Answer:
        """Send a request and return its answer. Raises NoAnswerError when none comes."""

    def close(self) -> None:
        """Give back what is held open."""
