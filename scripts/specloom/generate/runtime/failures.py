"""Tell what an exception of a transport means for the request: was it sent, and is it over."""

from __future__ import annotations

from typing import Final

import httpx
from attrs import frozen

from specloom.generate.runtime.errors import ApiConnectionError, ApiTimeoutError
from specloom.generate.runtime.responses import RawResponse


class DeadlineError(TimeoutError):
    """The time for the whole call is over; raised and caught in the runtime alone."""


@frozen
class Interrupted:
    """An answer that broke off, or could not be decoded: what came of it, and why no more came."""

    response: RawResponse
    error: Exception


@frozen(kw_only=True)
class Failure:
    """What a failed attempt ends with: the class of the error, and what happened.

    What was not sent may be repeated if it `is_passing`; what `is_sent`, only when that also does no harm.
    """

    error: type[ApiConnectionError | ApiTimeoutError]
    what: str
    is_sent: bool = True
    is_passing: bool = True


_UNSENT: Final = "no connection could be made"
_BROKEN: Final = "the connection broke before the whole answer was there"
# The first that fits counts. Errors of httpx come first: some of them are raised from errors of the operating system.
_FAILURES: Final[tuple[tuple[tuple[type[Exception], ...], Failure], ...]] = (
    ((DeadlineError,), Failure(error=ApiTimeoutError, what="the deadline passed without an answer", is_passing=False)),
    (
        (httpx.ConnectTimeout, httpx.PoolTimeout),
        Failure(error=ApiTimeoutError, what=f"{_UNSENT} in time", is_sent=False),
    ),
    ((httpx.ConnectError, ConnectionRefusedError), Failure(error=ApiConnectionError, what=_UNSENT, is_sent=False)),
    (
        (httpx.ProxyError, httpx.UnsupportedProtocol, httpx.InvalidURL),
        Failure(error=ApiConnectionError, what=_UNSENT, is_sent=False, is_passing=False),
    ),
    ((httpx.TimeoutException, TimeoutError), Failure(error=ApiTimeoutError, what="no answer came in time")),
    (
        (httpx.HTTPError, httpx.StreamError, httpx.CookieConflict, OSError),
        Failure(error=ApiConnectionError, what=_BROKEN),
    ),
)


def failure_of(error: Exception) -> Failure | None:
    """Return what `error` means; None when it is none that a transport raises: a mistake in a program."""
    return next((failure for kinds, failure in _FAILURES if isinstance(error, kinds)), None)
