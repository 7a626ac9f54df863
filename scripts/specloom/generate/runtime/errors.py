"""Every error that a call can end with; none holds a credential, and all can be pickled."""

from __future__ import annotations

from typing import Any

from specloom.generate.runtime.responses import RawResponse


class ApiError(Exception):
    """The base of all errors of this package.

    `method` and `url` are those of the request, without credentials; "" when it was refused before there was one.
    `attempts` counts the requests sent. `response` is the answer as it came, None when there was none; of an answer
    that broke off, what came of it.

    `may_have_been_applied` says whether the vendor may have done what was asked all the same: the time ran out or the
    connection broke after the request was sent, the server failed, or a success could not be read. Look at the order
    before you repeat such a call. It is False when nothing was sent, when every answer says that it was refused, and
    when the method changes nothing (RFC 9110, section 9.2.1).
    """

    def __init__(  # noqa: PLR0913 - what is known of a call
        self,
        message: str,
        *,
        method: str = "",
        url: str = "",
        attempts: int = 0,
        may_have_been_applied: bool = False,
        response: RawResponse | None = None,
    ) -> None:
        super().__init__(message)
        self.method = method
        self.url = url
        self.attempts = attempts
        self.may_have_been_applied = may_have_been_applied
        self.response = response


class ApiConnectionError(ApiError, ConnectionError):
    """No connection could be made, or it broke before the whole answer was there."""


class ApiTimeoutError(ApiError, TimeoutError):
    """A step took longer than the timeout, or the call longer than its deadline."""


class CredentialsError(ApiError):
    """A credential is missing or cannot be sent; the message says which argument or environment variable gives it."""


class RequestValidationError(ApiError, ValueError):
    """The request was refused before it was sent; `problems` says why, one text for each fault."""

    def __init__(self, *problems: str) -> None:
        super().__init__("; ".join(problems))
        self.args = problems
        self.problems = problems

    def __str__(self) -> str:
        """Return the problems in one line."""
        return "; ".join(self.problems)


class AnswerError(ApiError):
    """An answer that is no success: `status_code`, and `retry_after`, the seconds to wait if the vendor names them."""

    def __init__(self, message: str, *, response: RawResponse, retry_after: float | None = None, **call: Any) -> None:
        super().__init__(message, response=response, **call)
        self.response: RawResponse
        self.status_code = response.status_code
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what the error holds; it cannot be made of its message alone."""
        return _restored, (type(self), self.args, self.__dict__)


class StatusError(AnswerError):
    """An error status; `body` is the model that the spec documents for it, None where it documents none."""

    body: Any = None


class UndocumentedStatusError(StatusError):
    """A status that the spec does not document."""


class ResponseValidationError(AnswerError):
    """An answer that is not what the spec documents for its status; `response` has it as it came."""


def _restored(kind: type[AnswerError], args: tuple[Any, ...], state: dict[str, Any]) -> AnswerError:
    """Make an error anew from what was pickled."""
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error
