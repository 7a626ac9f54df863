"""Check what goes into headers and paths before it is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from specloom.generate.runtime.errors import RequestValidationError

_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)
# Visible characters, blanks and tabs (RFC 9110, section 5.5); obs-text as far as Latin-1 goes.
_VALUE: Final = re.compile(r"[\t\x20-\x7e\x80-\xff]*")


def is_header_value(value: str) -> bool:
    """Return whether `value` can be sent as the value of a header: no CR, LF, NUL or other control, Latin-1 only."""
    return _VALUE.fullmatch(value) is not None


def check_headers(headers: Mapping[str, str]) -> None:
    """Raise RequestValidationError unless each name is a token (RFC 9110, section 5.6.2) and each value can be sent.

    The message does not repeat the value, which may be secret.
    """
    problems = [f"the header name {name!r} is not allowed" for name in headers if not _NAME.fullmatch(name)]
    problems += [
        f"the value of the header {name} has a line break or another character that is not allowed"
        for name, value in headers.items()
        if not is_header_value(value)
    ]
    if problems:
        raise RequestValidationError(*problems)


def check_segment(name: str, value: str) -> None:
    """Raise RequestValidationError when `value` cannot be a segment of a path without changing the path.

    An empty one gives `//`, and clients remove `.` and `..` (RFC 3986, section 5.2.4).
    """
    if value in {"", ".", ".."}:
        what = "is empty" if not value else f"is {value!r}"
        raise RequestValidationError(f"{name} {what}: that would address something else")
