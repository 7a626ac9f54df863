"""Name the error classes after the statuses that they stand for."""

from __future__ import annotations

import re
from functools import cache
from http import HTTPStatus
from typing import Final

# Python 3.13 renamed these to follow RFC 9110; a name must not depend on the Python that generates it.
_PHRASES: Final = {
    413: "Content Too Large",
    414: "URI Too Long",
    416: "Range Not Satisfiable",
    418: "I'm a Teapot",
    422: "Unprocessable Entity",
}
# RFC 9110, section 15: the classes of status codes.
_CLASSES: Final = {
    "1": "Informational",
    "2": "Successful",
    "3": "Redirection",
    "4": "Client Error",
    "5": "Server Error",
}


def phrase(status: str) -> str:
    """Return what `status` is called: the reason phrase of 404, `Client Error` for 4XX, `any other status`."""
    if status == "default":
        return "any other status"
    if not status.isdigit():
        return _CLASSES.get(status[0], "")
    try:
        return _PHRASES.get(int(status)) or HTTPStatus(int(status)).phrase
    except ValueError:
        return _CLASSES.get(status[0], "")


@cache
def error_class(status: str) -> str:
    """Return the name of the class of errors with `status`: `NotFoundError`, `Status4XXError`, `OtherStatusError`."""
    if status == "default":
        return "OtherStatusError"
    known = status.isdigit() and (int(status) in _PHRASES or int(status) in {each.value for each in HTTPStatus})
    if not known:
        return f"Status{status.upper()}Error"
    words = re.findall(r"[A-Za-z]+", phrase(status).replace("'", ""))
    name = "".join(word[0].upper() + word[1:].lower() for word in words)
    return name if name.endswith("Error") else f"{name}Error"
