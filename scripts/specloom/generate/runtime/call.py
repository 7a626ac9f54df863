"""One call: what is sent, with what options, and what has come of it so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

import httpx

from specloom.generate.runtime.attempts import Attempts, failure_of
from specloom.generate.runtime.clock import Clock
from specloom.generate.runtime.credentials import Applied
from specloom.generate.runtime.endpoint import Endpoint
from specloom.generate.runtime.logs import CallLog
from specloom.generate.runtime.options import CallOptions, RetryPolicy
from specloom.generate.runtime.requests import RequestMaker, request
from specloom.generate.runtime.responses import RawResponse, Response

T = TypeVar("T")


class DeadlineError(Exception):
    """The deadline of a call passed while its answer was read."""


class Call(Generic[T]):
    """A call between its attempts. It knows no network: a session sends its requests and tells it what came back."""

    __slots__ = (
        "_attempts", "_body", "_clock", "_end", "_endpoint", "_headers", "_log", "_sent", "_start", "_timeout", "_url",
        "cookies", "response",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913, PLR0917 - what a call is made of
        self,
        endpoint: Endpoint[T],
        call: Mapping[str, Any],
        options: CallOptions,
        defaults: tuple[float | None, float | None, RetryPolicy],
        maker: RequestMaker,
        log: CallLog,
        clock: Clock,
    ) -> None:
        """Take what the generated code gives for a call. Raises RequestValidationError when it cannot be sent."""
        timeout, deadline, retries = defaults
        self._url = maker.url(endpoint.path, call)
        self._headers = maker.headers(call, options.headers)
        self._body = maker.body(call)
        self.cookies: Mapping[str, str] = call.get("cookies") or {}
        self._endpoint = endpoint
        self._log = log
        self._clock = clock
        self._timeout = timeout if options.timeout is None else options.timeout
        self._start = self._sent = clock.monotonic()
        deadline = deadline if options.deadline is None else options.deadline
        self._end = None if deadline is None else self._start + deadline
        self._attempts = Attempts(endpoint, self._url, options.retries or retries)
        self.response: RawResponse | None = None

    @property
    def left(self) -> float | None:
        """The seconds left of the deadline; None when there is none."""
        return None if self._end is None else self._end - self._clock.monotonic()

    def request(self, applied: Iterable[Applied]) -> httpx.Request:
        """Return the next request to send, with these credentials."""
        self._attempts.count += 1
        self._sent = self._clock.monotonic()
        cookies = [Applied("cookie", name, str(value)) for name, value in self.cookies.items()]
        made = request(self._endpoint.method, self._url, self._headers, self._body, [*cookies, *applied])
        timeout = self._timeout
        if self._end is not None:
            left = max(self._end - self._sent, 0.001)
            timeout = left if timeout is None else min(timeout, left)
        made.extensions["timeout"] = {"connect": timeout, "read": timeout, "write": timeout, "pool": timeout}
        return made

    def check_deadline(self) -> None:
        """Raise DeadlineError when the deadline has passed."""
        if self._end is not None and self._clock.monotonic() >= self._end:
            raise DeadlineError

    def answered(self, answer: httpx.Response, content: bytes) -> float | None:
        """Take an answer; return the seconds to wait for the next attempt, None when the call is over."""
        raw = RawResponse(answer.status_code, answer.headers, content)
        self.response = raw
        attempts = self._attempts
        taken = self._clock.monotonic() - self._sent
        self._log.answered(self._endpoint.method, self._url, raw.status_code, taken, attempts.count)
        return self._repeated(attempts.answered(raw, self._clock.now(), self.left))

    def failed(self, error: Exception, answer: httpx.Response | None) -> float | None:
        """Take the end of an attempt without a whole answer; `answer` is what there was of it."""
        attempts = self._attempts
        taken = self._clock.monotonic() - self._sent
        self._log.failed(self._endpoint.method, self._url, type(error).__name__, taken, attempts.count)
        if answer is not None and isinstance(error, httpx.DecodingError):
            attempts.undecodable(RawResponse(answer.status_code, answer.headers, b""))
            return None
        left = self.left
        if isinstance(error, DeadlineError) or (left is not None and left <= 0):
            return attempts.failed(
                "deadline" if failure_of(error) not in {"unsent", "unsent-timeout"} else "late", left
            )
        return self._repeated(attempts.failed(failure_of(error), left))

    def result(self) -> Response[T]:
        """Return the answer, read. Raises the ApiError with which the call ended."""
        attempts = self._attempts
        if attempts.error is not None:
            raise attempts.error
        raw = self.response
        assert raw is not None  # noqa: S101 - without an answer there is an error
        elapsed = self._clock.monotonic() - self._start
        return Response(raw.status_code, raw.headers, raw.content, attempts.value, attempts.count, elapsed)

    def _repeated(self, wait: float | None) -> float | None:
        if wait is not None:
            self._log.repeated(self._endpoint.method, self._url, wait, self._attempts.count + 1)
        return wait
