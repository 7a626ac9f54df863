"""Decide after each attempt of a call whether it is over, and what it ends with. Knows no network and no clock."""

from __future__ import annotations

import random
from typing import Any, Final, Generic, Literal, TypeVar, cast

import httpx

from specloom.generate.runtime.endpoint import Endpoint
from specloom.generate.runtime.errors import (
    ApiConnectionError,
    ApiError,
    ApiTimeoutError,
    ResponseValidationError,
    UndocumentedStatusError,
)
from specloom.generate.runtime.options import RetryPolicy
from specloom.generate.runtime.responses import RawResponse
from specloom.generate.runtime.retry_after import retry_after

T = TypeVar("T")

Failure = Literal["unsent", "unsent-timeout", "timeout", "broken", "deadline", "late"]
"""Why an attempt has no answer.

No connection could be made (in time); the time ran out or the connection broke later; the deadline of the call passed,
after something was sent or (`late`) before.
"""

# The server says that it did nothing (RFC 6585, section 4, and RFC 9110, section 15.6.4).
_REFUSED_FOR_NOW: Final = frozenset({429, 503})
_CLIENT_ERROR: Final = 400
_SERVER_ERROR: Final = 500
_AMBIGUOUS_STATUSES: Final = frozenset({500, 502, 504})
_UNSENT: Final = frozenset({"unsent", "unsent-timeout", "late"})
_MESSAGES: Final = {
    "unsent": "no connection to {url} could be made",
    "unsent-timeout": "no connection to {url} could be made in time",
    "timeout": "{url} did not answer in time",
    "broken": "the connection to {url} broke before the answer was there",
    "deadline": "the call to {url} took longer than its deadline",
    "late": "no connection to {url} could be made before the deadline",
}


def failure_of(error: Exception) -> Failure:
    """Return what an error of httpx, or of the operating system, means for the request."""
    if isinstance(error, httpx.ConnectTimeout | httpx.PoolTimeout):
        return "unsent-timeout"
    if isinstance(error, httpx.ConnectError | httpx.ProxyError | httpx.UnsupportedProtocol | ConnectionRefusedError):
        return "unsent"
    return "timeout" if isinstance(error, httpx.TimeoutException | TimeoutError) else "broken"


class Attempts(Generic[T]):
    """The attempts of one call: told of each answer or failure, it says how long to wait, or how the call ends."""

    __slots__ = ("_ambiguous", "_endpoint", "_policy", "_url", "_value", "count", "error")

    def __init__(self, endpoint: Endpoint[T], url: str, policy: RetryPolicy) -> None:
        self.count = 0
        self._value: T | None = None
        self.error: ApiError | None = None
        self._endpoint = endpoint
        self._url = url
        self._policy = policy
        self._ambiguous = False

    def answered(self, response: RawResponse, now: float, left: float | None) -> float | None:
        """Take an answer; return the seconds to wait for the next attempt, or None when the call is over.

        It is over with a `value`, or with an `error`. `now` is the time in seconds since 1970, `left` are the seconds
        left of the deadline.
        """
        self.error = None
        status = response.status_code
        read = self._endpoint.success(status)
        if read is not None:
            try:
                self._value = read(response)
            except Exception as problem:  # noqa: BLE001 - whatever it trips over, the answer is not as documented
                self.error = self._unreadable(response, problem, now, may_have=True)
            return None
        self._ambiguous |= status in _AMBIGUOUS_STATUSES or not _CLIENT_ERROR <= status <= 503  # noqa: PLR2004
        wait = retry_after(response.headers.get("retry-after"), now)
        self.error = self._refusal(response, wait, now)
        if status in _REFUSED_FOR_NOW or (status >= _SERVER_ERROR and self._may_repeat):
            return self._wait(wait, left)
        return None

    def failed(self, failure: Failure, left: float | None) -> float | None:
        """Take a failure; return the seconds to wait for the next attempt, or None when the call is over."""
        is_sent = failure not in _UNSENT
        self._ambiguous |= is_sent
        kind = ApiConnectionError if failure in {"unsent", "broken"} else ApiTimeoutError
        self.error = kind(_MESSAGES[failure].format(url=self._url), **self._call())
        if failure in {"deadline", "late"} or (is_sent and not self._may_repeat):
            return None
        return self._wait(None, left)

    def undecodable(self, response: RawResponse) -> None:
        """Take an answer whose content is not encoded as its headers say; the call is over."""
        self._ambiguous |= not _CLIENT_ERROR <= response.status_code < _SERVER_ERROR
        self.error = ResponseValidationError(
            f"{self._label} was answered with {response.status_code} and content that cannot be decoded",
            response=response,
            **self._call(),
        )

    @property
    def value(self) -> T:
        """What the answer was read as, once the call is over without an error."""
        return cast("T", self._value)

    @property
    def _may_repeat(self) -> bool:
        return self._endpoint.is_safe or self._policy.repeat_ambiguous

    @property
    def _label(self) -> str:
        return f"{self._endpoint.method} {self._url}"

    def _call(self) -> dict[str, Any]:
        return {
            "method": self._endpoint.method,
            "url": self._url,
            "attempts": self.count,
            "may_have_been_applied": self._ambiguous and not self._endpoint.is_safe,
        }

    def _refusal(self, response: RawResponse, wait: float | None, now: float) -> ApiError:
        """Return the error for an answer that is no success."""
        documented = self._endpoint.error(response.status_code)
        if documented is None:
            return UndocumentedStatusError(
                f"{self._label} was answered with {response.status_code}, which is not documented",
                response=response,
                retry_after=wait,
                **self._call(),
            )
        try:
            body = documented.read(response)
        except Exception as problem:  # noqa: BLE001 - whatever it trips over, the answer is not as documented
            return self._unreadable(response, problem, now, may_have=False)
        error = documented.error(
            f"{self._label} was answered with {response.status_code}",
            response=response,
            retry_after=wait,
            **self._call(),
        )
        error.body = body
        return error

    def _unreadable(self, response: RawResponse, problem: Exception, now: float, *, may_have: bool) -> ApiError:
        self._ambiguous |= may_have
        reason = f"{problem.args[0]!r} is missing" if isinstance(problem, KeyError) and problem.args else str(problem)
        return ResponseValidationError(
            f"{self._label} was answered with {response.status_code} and a body that is not as documented: "
            f"{(reason or type(problem).__name__)[:500]}",
            response=response,
            retry_after=retry_after(response.headers.get("retry-after"), now),
            **self._call(),
        )

    def _wait(self, asked: float | None, left: float | None) -> float | None:
        """Return the seconds to wait before another attempt; None when there is to be none."""
        policy = self._policy
        if self.count >= policy.attempts or (asked is not None and asked > policy.max_retry_after):
            return None
        longest = min(policy.max_delay, policy.first_delay * 2 ** min(self.count - 1, 30))
        wait = random.uniform(0, longest) if asked is None else asked  # noqa: S311 - spreads load, protects nothing
        return None if left is not None and wait >= left else wait
