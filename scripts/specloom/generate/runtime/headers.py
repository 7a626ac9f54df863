"""Check and encode what goes into headers, before it is sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, Final

from specloom.generate.runtime.errors import RequestValidationError


class Raw(list[tuple[bytes, bytes]]):
    """Headers as they are sent: names and values, of which some are secret."""

    def __repr__(self) -> str:
        return f"Raw({[name for name, _ in self]})"


_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
# Visible characters, with blanks and tabs between them (RFC 9110, section 5.5); obs-text as far as Latin-1 goes.
_VALUE: Final = re.compile(r"(?:[!-~\x80-\xff](?:[\t -~\x80-\xff]*[!-~\x80-\xff])?)?")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_COOKIE: Final = re.compile(r"[!#-:<-\[\]-~]*")


def is_header_value(value: str) -> bool:
    """Return whether `value` can be sent in a header: no CR, LF, NUL or other control, no blank at an end, Latin-1."""
    return _VALUE.fullmatch(value) is not None


def is_plain(value: str) -> bool:
    """Return whether `value` has no control characters and no half of a surrogate pair."""
    return _CONTROL.search(value) is None


def is_cookie_value(value: str) -> bool:
    """Return whether `value` can be sent in a cookie (RFC 6265, section 4.1.1: cookie-octet, and commas)."""
    return _COOKIE.fullmatch(value) is not None


def encoded(headers: Mapping[str, Any]) -> Raw:
    """Return `headers` as they are sent.

    Raises RequestValidationError unless each name is a token (RFC 9110, section 5.6.2) and each value can be sent. The
    message does not repeat the value, which may be secret.
    """
    problems: list[str] = []
    raw = Raw()
    for name, value in headers.items():
        if not _NAME.fullmatch(name):
            problems.append(f"the header name {name!r} is not allowed")
        elif not isinstance(value, str):
            problems.append(f"the value of the header {name} must be a string, not {type(value).__name__}")
        elif not is_header_value(value):
            problems.append(
                f"the value of the header {name} has a line break, a blank at an end or another character that no"
                " header can have"
            )
        else:
            raw.append((name.encode("ascii"), value.encode("latin-1")))
    if problems:
        raise RequestValidationError(*problems)
    return raw


def encoded_cookies(cookies: Mapping[str, Any]) -> str:
    """Return the value of the Cookie header. Raises RequestValidationError when a name or a value cannot be sent."""
    problems = [
        f"the cookie {name!r} has a character that no cookie can have"
        for name, value in cookies.items()
        if not _NAME.fullmatch(name) or not is_cookie_value(str(value))
    ]
    if problems:
        raise RequestValidationError(*problems)
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def replaced(headers: Iterable[tuple[bytes, bytes]], others: Iterable[tuple[bytes, bytes]]) -> Raw:
    """Return `headers` with `others` in the place of those of the same name."""
    later = list(others)
    names = {name.lower() for name, _ in later}
    return Raw(chain((each for each in headers if each[0].lower() not in names), later))


def without(headers: Raw, name: bytes) -> Raw:
    """Return `headers` without those called `name`, given in lower case."""
    return Raw(each for each in headers if each[0].lower() != name)
