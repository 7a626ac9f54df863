"""Read curl lines: method, URL, headers and body, whether written over several lines or run into one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import attrs

_START: Final = re.compile(r"(?<![\w.-])curl[ \t]+(?=[-'\"$<{\w/])")
# A backslash before a line break goes on with the command; where a capture lost the line break, a blank follows it.
_BLANK: Final = re.compile(r"(?:[ \t]|\\[ \t]*\n|\\[ \t]+)+")
_PIECE: Final = re.compile(r"""'[^']*'(?:\\''[^']*')*|"(?:[^"\\]|\\.)*"|[^\s'"\\;|&]+""", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_METHOD: Final = frozenset({"-X", "--request"})
_URL: Final = frozenset({"--url"})
_HEADER: Final = frozenset({"-H", "--header"})
_USER: Final = frozenset({"-u", "--user"})
_BODY: Final = frozenset({"-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--json"})
_IGNORED: Final = frozenset(
    {"-o", "--output", "-A", "--user-agent", "-b", "--cookie", "-F", "--form", "-m", "--max-time"}
)
_WITH_VALUE: Final = _METHOD | _URL | _HEADER | _USER | _BODY | _IGNORED
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
        line, position = _read(text, found.start(), found.end())
        if line is not None:
            yield line


def _read(text: str, start: int, position: int) -> tuple[Curl | None, int]:
    """Read the command that begins at `start` and whose first argument stands at `position`; say where it ends."""
    given: list[tuple[str, str]] = []
    end = position
    words = _words(text, position)
    for word, at in words:
        if not word.startswith("-"):
            if any(option in _URL for option, _ in given):  # curl takes a second URL; a page goes on with prose
                break
            given.append(("--url", word))
        elif word in _WITH_VALUE:
            value = next(words, None)
            if value is None:
                break
            given.append((word, value[0]))
            at = value[1]  # noqa: PLW2901 - the command ends after the value
        end = at
    if not any(option in _URL for option, _ in given):
        return None, end
    headers = tuple(_header(value) for option, value in given if option in _HEADER)
    body = _last(given, _BODY)
    method = _last(given, _METHOD) or ("GET" if body is None else "POST")
    url = _last(given, _URL) or ""
    return Curl(method.upper(), url, headers, body, start, end, _last(given, _USER)), end


def _last(given: list[tuple[str, str]], names: frozenset[str]) -> str | None:
    """Return the value of the last of the options called `names`."""
    return next((value for option, value in reversed(given) if option in names), None)


def _words(text: str, position: int) -> Iterator[tuple[str, int]]:
    """Yield each word of a command and where it ends, until what follows is no part of it."""
    limit = position + _MAX
    while position < limit:
        word, position = _word(text, position, limit)
        if word is None:
            return
        yield word, position
        blank = _BLANK.match(text, position)
        if blank is None:
            return
        position = blank.end()


def _word(text: str, position: int, limit: int) -> tuple[str | None, int]:
    """Return the word at `position`, made of pieces that touch, and where it ends; None when there is none.

    After a quoted piece it does not go on: an unquoted one there is what a capture ran into it.
    """
    pieces: list[str] = []
    while (piece := _PIECE.match(text, position, limit)) is not None:
        position = piece.end()
        if piece[0][0] == "'":
            pieces.append(piece[0][1:-1].replace("'\\''", "'"))
            break
        if piece[0][0] == '"':
            pieces.append(_ESCAPE.sub(r"\1", piece[0][1:-1]))
            break
        pieces.append(piece[0])
    return ("".join(pieces) if pieces else None), position


def _header(text: str) -> tuple[str, str | None]:
    name, colon, value = text.partition(":")
    return (name.strip(), value.strip()) if colon else (text.rstrip(";").strip(), None)
