"""Keep credentials out of what people and logs get to see."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from typing import Final
from urllib.parse import quote, quote_plus

import httpx

REDACTED: Final = "[redacted]"
_EXCERPT: Final = 300
_READ: Final = 4_000
_LONG: Final = 8
# What URLs leave as it is, in none of their parts, in paths, and in httpx's.
_UNQUOTED: Final = ("", "/", "!$&'()*+,;=:@/")


class HiddenUrl(httpx.URL):
    """A URL whose text does not tell the values of some query parameters; what is sent is the whole URL.

    httpx logs the text of the URL of each request.
    """

    def __init__(self, url: httpx.URL, hidden: Collection[str]) -> None:
        super().__init__(url)
        names = "|".join(re.escape(form) for name in hidden for form in {quote(name), quote_plus(name), name})
        self._text = re.sub(rf"([?&](?:{names})=)[^&#]*", rf"\g<1>{REDACTED}", super().__str__())

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"URL({self._text!r})"


def redacted(text: str, secrets: Iterable[str]) -> str:
    """Return `text` without the `secrets`, as they are or as JSON and URLs write them.

    A short one counts only as a word of its own: cut out of the middle of words, it could be guessed from the rest.
    """
    for secret in secrets:
        forms = {secret, json.dumps(secret)[1:-1], quote_plus(secret), *(quote(secret, safe) for safe in _UNQUOTED)}
        for form in forms:
            pattern = re.escape(form) if len(secret) >= _LONG else rf"(?<!\w){re.escape(form)}(?!\w)"
            text = re.sub(pattern, REDACTED, text)
    return text


def excerpt(text: str, secrets: Iterable[str]) -> str:
    """Return the beginning of `text` in one line, without the `secrets`."""
    shown = redacted(text, secrets)
    line = " ".join("".join(each if each.isprintable() else " " for each in shown[:_READ]).split())
    return line if len(line) <= _EXCERPT and len(shown) <= _READ else f"{line[:_EXCERPT]}…"


def cleaned(error: BaseException, secrets: Collection[str]) -> BaseException | None:
    """Return `error`, to be the cause of another, without frames and requests, which hold credentials.

    What it was raised from is cleaned likewise. None when the text of one of them tells one of the `secrets`.
    """
    seen: set[int] = set()
    rest: list[BaseException | None] = [error]
    is_telling = False
    while rest:
        each = rest.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        each.__traceback__ = None
        if isinstance(each, httpx.RequestError):
            each._request = None  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - its setter takes no None
        text = str(each)
        is_telling = is_telling or redacted(text, secrets) != text
        rest += [each.__cause__, each.__context__]
    return None if is_telling else error
