"""Tell what the result of an attempt means for the call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Generic, TypeVar

import httpx

from specloom.generate.runtime.credentials import Applied
from specloom.generate.runtime.endpoint import Endpoint
from specloom.generate.runtime.errors import (
    AnswerError,
    ApiError,
    ApiTimeoutError,
    ResponseValidationError,
    StatusError,
    UndocumentedStatusError,
)
from specloom.generate.runtime.failures import Failure, Interrupted
from specloom.generate.runtime.redaction import cleaned, excerpt
from specloom.generate.runtime.responses import RawResponse
from specloom.generate.runtime.retry_after import retry_after

T = TypeVar("T")

# The server says that it did nothing yet (RFC 6585, section 4, and RFC 9110, section 15.6.4).
_NOT_NOW: Final = frozenset({429, 503})
_CLIENT_ERROR: Final = 400
_SERVER_ERROR: Final = 500


class Outcomes(Generic[T]):
    """What is known of a call of `endpoint` so far, and the errors that this makes.

    `repeats_ambiguous` says whether a request may be sent again after one that may have been applied.
    """

    __slots__ = ("_ambiguous", "_applied", "_endpoint", "_now", "_request", "attempts", "repeats_ambiguous")

    def __init__(self, endpoint: Endpoint[T], now: Callable[[], float], *, repeats_ambiguous: bool) -> None:
        self.attempts = 0
        self.repeats_ambiguous = repeats_ambiguous or endpoint.is_safe
        self._endpoint = endpoint
        self._now = now
        self._ambiguous = False
        self._request: httpx.Request | None = None
        self._applied: Sequence[Applied] = ()

    def begin(self, request: httpx.Request, applied: Sequence[Applied]) -> None:
        """Count an attempt, which sends `request` with the credentials `applied`."""
        self.attempts += 1
        self._request = request
        self._applied = applied

    def parsed(self, response: RawResponse, read: Callable[[RawResponse], T]) -> T:
        """Return what the answer to a success is read as. Raises ResponseValidationError."""
        try:
            return read(response)
        except Exception as problem:  # noqa: BLE001 - whatever it trips over, the answer is not what the spec says
            self._ambiguous = True
            found = problem
        raise self._unreadable(response, found)

    def refused(self, response: RawResponse) -> tuple[AnswerError, bool]:
        """Return the error for an answer that is no success, and whether the request may be sent again."""
        status = response.status_code
        self._ambiguous |= _is_ambiguous(status)
        may_repeat = status in _NOT_NOW or (status >= _SERVER_ERROR and self.repeats_ambiguous)
        documented = self._endpoint.error(status)
        if documented is None:
            what = f"answered with {status}, which is not documented{self._excerpt(response)}"
            return self._answer(UndocumentedStatusError, what, response), may_repeat
        try:
            body = documented.read(response)
        except Exception as problem:  # noqa: BLE001 - as above
            return self._unreadable(response, problem), may_repeat
        error = self._answer(documented.error, f"answered with {status}{self._excerpt(response)}", response)
        if isinstance(error, StatusError):
            error.body = body
        return error, may_repeat

    def interrupted(self, result: Interrupted, failure: Failure | None) -> tuple[ApiError, bool]:
        """Return the error for an answer that broke off or cannot be decoded, and whether it may be asked for again."""
        status = result.response.status_code
        self._ambiguous |= _is_ambiguous(status)
        if failure is None or isinstance(result.error, httpx.DecodingError):
            what = f"answered with {status} and content that is not encoded as its headers say"
            error: ApiError = self._answer(ResponseValidationError, what, result.response)
            may_repeat = status in _NOT_NOW
        else:
            error = failure.error(
                f"{self._label}: {failure.what} (answered with {status}){self._remark}",
                response=result.response,
                **self.call(),
            )
            may_repeat = failure.is_passing and (status in _NOT_NOW or self.repeats_ambiguous)
        error.__cause__ = cleaned(result.error, self._secrets)
        return error, may_repeat

    def failed(self, problem: Exception, failure: Failure) -> tuple[ApiError, bool]:
        """Return the error for an attempt without an answer, and whether the request may be sent again."""
        self._ambiguous |= failure.is_sent
        reason = f" ({type(problem).__name__})" if isinstance(problem, (httpx.HTTPError, OSError)) else ""
        error = failure.error(f"{self._label}: {failure.what}{reason}{self._remark}", **self.call())
        error.__cause__ = cleaned(problem, self._secrets)
        return error, failure.is_passing and (not failure.is_sent or self.repeats_ambiguous)

    def too_late(self) -> ApiTimeoutError:
        """Return the error for a deadline that passed before the next attempt."""
        return ApiTimeoutError(f"{self._label}: the deadline passed{self._remark}", **self.call())

    def call(self) -> dict[str, Any]:
        """Return what every error says of the call."""
        return {
            "method": self._endpoint.method,
            "url": "" if self._request is None else str(self._request.url),
            "attempts": self.attempts,
            "may_have_been_applied": self._may_have_been_applied,
        }

    @property
    def _may_have_been_applied(self) -> bool:
        return self._ambiguous and not self._endpoint.is_safe

    @property
    def _label(self) -> str:
        return f"{self._endpoint.method} {self._endpoint.path if self._request is None else self._request.url}"

    @property
    def _remark(self) -> str:
        return "; the request may have been applied" if self._may_have_been_applied else ""

    @property
    def _secrets(self) -> list[str]:
        return [secret for applied in self._applied for secret in applied.secrets]

    def _excerpt(self, response: RawResponse) -> str:
        """Return the beginning of a body that people can read: the vendor may say there what is wrong."""
        kind = response.media_type
        if not response.content or not (kind.endswith(("json", "xml")) or kind == "text/plain"):
            return ""
        return f": {excerpt(response.text, self._secrets)}"

    def _unreadable(self, response: RawResponse, problem: Exception) -> AnswerError:
        told = f"{problem.args[0]!r} is missing" if isinstance(problem, KeyError) and problem.args else str(problem)
        reason = excerpt(told, self._secrets) or type(problem).__name__
        what = f"answered with {response.status_code} and a body that is not as documented: {reason}"
        error = self._answer(ResponseValidationError, what, response)
        if not any(secret in told for secret in self._secrets):
            error.__cause__ = problem
        return error

    def _answer(self, kind: type[AnswerError], what: str, response: RawResponse) -> AnswerError:
        wait = retry_after(response.headers.get("retry-after"), self._now())
        message = f"{self._label} was {what}{self._remark}"
        return kind(message, response=response, retry_after=wait, **self.call())


def _is_ambiguous(status: int) -> bool:
    """Whether an answer with `status` that is no readable success leaves open if the request was applied."""
    return status != 503 and not _CLIENT_ERROR <= status < _SERVER_ERROR  # noqa: PLR2004 - Service Unavailable
