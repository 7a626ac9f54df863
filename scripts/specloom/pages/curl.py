"""Read curl lines: method, URL, headers and body, whether written over several lines or run into one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import attrs

_START: Final = re.compile(r"(?<![\w.-])curl[ \t]+(?=[-'\"$<{\w/])")
# A backslash before a line break goes on with the command; where a capture lost the line break, a blank follows it.
_BLANK: Final = re.compile(r"(?:[ \t]|\\[ \t]*\n|\\[ \t]+)+")
_WORD: Final = re.compile(r"""'[^']*'|"(?:[^"\\]|\\.)*"|[^\s'"\\;|&]+""", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_METHOD: Final = frozenset({"-X", "--request"})
_HEADER: Final = frozenset({"-H", "--header"})
_BODY: Final = frozenset({"-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--json"})
_WITH_VALUE: Final = frozenset({"-u", "--user", "-o", "--output", "-A", "--user-agent", "-b", "--cookie", "-F", "--form", "-m"})
_MAX: Final = 100_000


@attrs.frozen
class Curl:
    """A request as a curl line writes it, and the positions in the text where the line begins and ends.

    `headers` holds (name, value); the value is None where the line gives none (`-H 'X-Id;'`). `user` is that of `-u`.
    """

    method: str
    url: str
    headers: tuple[tuple[str, str | None], ...]
    body: str | None
    start: int
    end: int
    user: str | None = None


def curl_lines(text: str) -> Iterator[Curl]:
    """Yield the curl lines in `text`; a `curl` without a URL is none."""
    position = 0
    while (found := _START.search(text, position)) is not None:
        line = _read(text, found.start(), found.end())
        position = found.end() if line is None else max(line.end, found.end())
        if line is not None:
            yield line


def _read(text: str, start: int, position: int) -> Curl | None:
    """Read the command that begins at `start` and whose first argument stands at `position`."""
    method: str | None = None
    url: str | None = None
    body: str | None = None
    user: str | None = None
    headers: list[tuple[str, str | None]] = []
    end = position
    while position < start + _MAX:
        argument, position = _argument(text, position)
        if argument is None or (not argument.startswith("-") and url is not None):
            break
        if not argument.startswith("-"):
            url, end = argument, position
        elif argument in _METHOD | _HEADER | _BODY | _WITH_VALUE:
            value, position = _argument(text, _BLANK.match(text, position).end() if _BLANK.match(text, position) else position)  # type: ignore[union-attr]
            if value is None:
                break
            end = position
            if argument in _METHOD:
                method = value.upper()
            elif argument in _HEADER:
                headers.append(_header(value))
            elif argument in _BODY:
                body = value
            elif argument in {"-u", "--user"}:
                user = value
        else:
            end = position
        blank = _BLANK.match(text, position)
        if blank is None:
            break
        position = blank.end()
    if url is None:
        return None
    return Curl(method or ("POST" if body is not None else "GET"), url, tuple(headers), body, start, end, user)


def _argument(text: str, position: int) -> tuple[str | None, int]:
    """Return the argument at `position`, made of words that touch, and where it ends; None when there is none.

    After a quoted word an unquoted one does not go on: that is what a capture ran into it.
    """
    parts: list[str] = []
    while (word := _WORD.match(text, position)) is not None:
        if parts and parts[-1] == "" or (parts and word[0][0] not in "'\""):
            break
        quoted = word[0][0] in "'\""
        parts.append(_ESCAPE.sub(r"\1", word[0][1:-1]) if word[0][0] == '"' else word[0][1:-1] if quoted else word[0])
        position = word.end()
        if quoted:
            break
    return ("".join(parts), position) if parts else (None, position)


def _header(text: str) -> tuple[str, str | None]:
    name, colon, value = text.partition(":")
    return (name.strip(), value.strip()) if colon else (text.rstrip(";").strip(), None)
