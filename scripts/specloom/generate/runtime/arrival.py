"""An answer while it comes in."""

from __future__ import annotations

import httpx

from specloom.generate.runtime.failures import Interrupted
from specloom.generate.runtime.responses import RawResponse


class Arrival:
    """What has come of an answer so far; without `response`, nothing has."""

    __slots__ = ("chunks", "response")

    def __init__(self) -> None:
        self.response: httpx.Response | None = None
        self.chunks: list[bytes] = []

    def ended(self, response: httpx.Response) -> RawResponse:
        """Return the whole answer."""
        return RawResponse(response.status_code, response.headers, b"".join(self.chunks))

    def broken(self, error: Exception) -> Interrupted | Exception:
        """Return what there is of the answer, with the `error` that ended it; the error alone if there is nothing."""
        return error if self.response is None else Interrupted(self.ended(self.response), error)
