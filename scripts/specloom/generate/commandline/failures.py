"""Tell a user of the command line what went wrong: an exit status and one or two lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.generate.commandline.view import printable
from specloom.generate.runtime.errors import (
    AnswerError,
    ApiConnectionError,
    ApiError,
    ApiTimeoutError,
    CredentialsError,
    RequestValidationError,
    StatusError,
)

EXIT_CODES: Final = {
    0: "the call succeeded",
    1: "another error",
    2: "the command line is wrong, or the request was refused before it was sent",
    3: "a credential is missing or was refused (401, 403)",
    4: "the server refused the request (another 4XX)",
    5: "the server failed (5XX)",
    6: "no connection, or it broke",
    7: "no answer in time",
    8: "the answer is not what the API documents",
    130: "interrupted",
    141: "nobody reads the output any more",
}
"""What each exit status means."""

_REFUSED: Final = (401, 403)
_LONGEST: Final = 400


def exit_code(error: ApiError) -> int:
    """Return the exit status for `error`, one of EXIT_CODES."""
    if isinstance(error, StatusError) and error.status_code >= 400:  # noqa: PLR2004 - RFC 9110, 15.5: errors start
        return 3 if error.status_code in _REFUSED else min(error.status_code // 100, 5)
    kinds = (
        (RequestValidationError, 2),
        (CredentialsError, 3),
        (ApiTimeoutError, 7),
        (ApiConnectionError, 6),
        (AnswerError, 8),
    )
    return next((code for kind, code in kinds if isinstance(error, kind)), 1)


def lines(error: ApiError) -> Iterator[str]:
    """Yield what is to be told of `error`: what it is, and whether the request may have been applied all the same."""
    content = "" if error.response is None else " ".join(error.response.text.split())
    text = " ".join(str(error).split())
    if content and content not in text:
        text = f"{text}: {content}"
    yield f"{type(error).__name__}: {printable(text if len(text) <= _LONGEST else text[:_LONGEST] + '…')}"
    if error.may_have_been_applied:
        yield "The request may have been applied all the same; look before you send it again."
