"""Conduct one call: say what is to be done next, until there is an answer or an error. It does nothing itself."""

from __future__ import annotations

import logging
from collections.abc import Generator
from typing import Any, Final, Generic, TypeAlias, TypeVar

import httpx
from attrs import define

from specloom.generate.runtime.clock import Clock
from specloom.generate.runtime.credentials import Applied, Credential
from specloom.generate.runtime.endpoint import Endpoint
from specloom.generate.runtime.errors import AnswerError, ApiError, CredentialsError
from specloom.generate.runtime.failures import DeadlineError, Interrupted, failure_of
from specloom.generate.runtime.options import RetryPolicy
from specloom.generate.runtime.outcomes import Outcomes
from specloom.generate.runtime.requests import Draft, Form, request
from specloom.generate.runtime.responses import RawResponse, Response
from specloom.generate.runtime.timeouts import Left, Timeouts

T = TypeVar("T")

Step: TypeAlias = httpx.Request | Credential | float
"""What is to be done: send the request, find out what the credential adds now, or wait for so many seconds."""
Result: TypeAlias = RawResponse | Interrupted | Applied | Exception | None
"""What came of it: an answer, one that broke off, what the credential adds, an exception; nothing of waiting."""

_MILLISECONDS: Final = 1000


@define(eq=False, repr=False)
class Exchange(Generic[T]):
    """A call of `endpoint`; times are in seconds.

    `limit` is the time by `clock.monotonic` at which it must be over, None when there is none. `timeouts` are those of
    each attempt, None for those of `client`, which is the httpx client that was given, if one was.
    """

    endpoint: Endpoint[T]
    draft: Draft
    form: Form
    client: httpx.Client | httpx.AsyncClient | None
    policy: RetryPolicy
    timeouts: Timeouts | None
    limit: float | None
    clock: Clock
    logger: logging.Logger

    def left(self) -> float | None:
        """Return the seconds until the deadline, None when there is none."""
        return None if self.limit is None else self.limit - self.clock.monotonic()

    def steps(self) -> Generator[Step, Any, Response[T]]:
        """Yield what is to be done, take what came of it (a `Result`), return the answer. Raises ApiError."""
        began = self.clock.monotonic()
        outcomes = Outcomes(self.endpoint, self.clock.now, repeats_ambiguous=self.policy.repeat_ambiguous)
        while True:
            further: list[Applied] = []
            for credential in self.form.changing:
                further.append(self._added((yield credential), outcomes))  # noqa: PERF401 - it cannot yield
            left = self.left()
            if left is not None and left <= 0:
                raise outcomes.too_late()
            sent = request(self.client, self.form, self.draft, further, self._timeouts())
            outcomes.begin(sent, (*self.form.applied, *further))
            start = self.clock.monotonic()
            result: Result = yield sent
            if self.logger.isEnabledFor(logging.DEBUG):
                self._log(sent, result, outcomes.attempts, self.clock.monotonic() - start)
            if type(result) is RawResponse:
                read = self.endpoint.success(result.status_code)
                if read is not None:
                    parsed = outcomes.parsed(result, read)
                    seconds = self.clock.monotonic() - began
                    return Response(
                        result.status_code, result.headers, result.content, parsed, outcomes.attempts, seconds
                    )
            error, may_repeat = _error(outcomes, result)
            delay = self._delay(error, outcomes.attempts) if may_repeat else None
            if delay is None:
                raise error
            self.logger.info(
                "%s %s: attempt %d of %d in %.2f s, after %s",
                self.endpoint.method,
                sent.url,
                outcomes.attempts + 1,
                self.policy.attempts,
                delay,
                _said(result),
            )
            yield delay

    def _added(self, result: Result, outcomes: Outcomes[T]) -> Applied:
        """Return what a credential adds; raise the error of the call when there is nothing to add."""
        if isinstance(result, Applied):
            return result
        if isinstance(result, DeadlineError):
            raise outcomes.too_late()
        if isinstance(result, CredentialsError):
            for name, value in outcomes.call().items():
                setattr(result, name, value)
            raise result
        raise TypeError(f"a credential gave {type(result).__name__}")

    def _timeouts(self) -> Timeouts | None:
        limit, timeouts = self.limit, self.timeouts
        if limit is None or timeouts is None:
            return timeouts
        return Left(timeouts, lambda: limit - self.clock.monotonic())

    def _delay(self, error: ApiError, attempts: int) -> float | None:
        """Return the seconds to wait before another attempt; None when there is to be none."""
        asked = error.retry_after if isinstance(error, AnswerError) else None
        if attempts >= self.policy.attempts or (asked is not None and asked > self.policy.max_retry_after):
            return None
        delay = max(asked or 0.0, self.policy.delay(attempts, self.clock.share()))
        left = self.left()
        return None if left is not None and delay >= left else delay

    def _log(self, sent: httpx.Request, result: Result, attempt: int, seconds: float) -> None:
        self.logger.debug(
            "%s %s: %s in %.1f ms, attempt %d of %d",
            sent.method,
            sent.url,
            _said(result),
            seconds * _MILLISECONDS,
            attempt,
            self.policy.attempts,
        )


def _error(outcomes: Outcomes[Any], result: Result) -> tuple[ApiError, bool]:
    """Return the error that `result` makes, and whether the request may be sent again.

    An exception that is no failure of a transport is raised as it is: a mistake in a program, such as a closed client.
    """
    if isinstance(result, RawResponse):
        return outcomes.refused(result)
    if isinstance(result, Interrupted):
        return outcomes.interrupted(result, failure_of(result.error))
    if not isinstance(result, Exception):
        raise TypeError(f"a transport gave {type(result).__name__}")
    failure = failure_of(result)
    if failure is None:
        raise result
    return outcomes.failed(result, failure)


def _said(result: Result) -> str:
    """Return what came of an attempt, in a word."""
    if isinstance(result, RawResponse):
        return str(result.status_code)
    if isinstance(result, Interrupted):
        return f"{result.response.status_code} and {type(result.error).__name__}"
    return type(result).__name__
