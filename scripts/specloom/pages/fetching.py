"""Get the bytes of a page from the web, a file or standard input."""

from __future__ import annotations

import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Final

import attrs
import httpx

from specloom.pages.capture import MAX_BYTES
from specloom.spec import Place, SpecloomError

MAX_REDIRECTS: Final = 5
"""How many redirects are followed."""

TIMEOUT: Final = 20.0
"""Seconds until a page has to be there, redirects included."""

_HEADERS: Final = {
    "Accept": "text/html, text/plain;q=0.9, text/markdown;q=0.9, */*;q=0.1",
    "Accept-Language": "en",
    "User-Agent": f"specloom/{version('specloom')}",
}
_READABLE: Final = ("text/", "application/xhtml", "application/xml", "application/json")


class UnreachableError(SpecloomError):
    """A page that could not be fetched: nobody knows whether it has changed."""


@attrs.frozen
class Fetched:
    """The bytes of a page, the charset that HTTP said, and where they came from in the end."""

    content: bytes = attrs.field(repr=False)
    charset: str | None
    source: str


def fetch(source: str, *, timeout: float = TIMEOUT, max_bytes: int = MAX_BYTES) -> Fetched:
    """Return the page at `source`: an http or https URL, the path of a file, or `-` for standard input.

    Raises SpecloomError for what cannot be read or is longer than `max_bytes`, and UnreachableError for a URL that does
    not give a page within `timeout` seconds and MAX_REDIRECTS redirects.
    """
    if source == "-":
        return Fetched(_limited(sys.stdin.buffer.read(max_bytes + 1), max_bytes, source), None, "standard input")
    scheme = source.partition("://")[0].lower() if "://" in source else ""
    if scheme in {"http", "https"}:
        return _from_web(source, timeout, max_bytes)
    if scheme:
        raise SpecloomError(f"pages are not fetched by {scheme}", remedy="give an http or https URL, or a file")
    path = Path(source)
    try:
        with path.open("rb") as file:
            return Fetched(_limited(file.read(max_bytes + 1), max_bytes, source), None, source)
    except OSError as error:
        raise SpecloomError(f"cannot be read: {error.strerror}", place=Place(path), remedy="check the path") from None


def is_url(source: str) -> bool:
    """Return whether `source` is fetched from the web."""
    return source.lower().startswith(("http://", "https://"))


def _from_web(url: str, timeout: float, max_bytes: int) -> Fetched:
    until = time.monotonic() + timeout
    try:
        if httpx.URL(url).userinfo:
            raise SpecloomError("a URL with a password in it is not fetched", remedy="save the page and give the file")
        with (
            httpx.Client(
                follow_redirects=True, max_redirects=MAX_REDIRECTS, timeout=timeout, headers=_HEADERS
            ) as client,
            client.stream("GET", url) as response,
        ):
            return _read(response, url, until, max_bytes)
    except httpx.TooManyRedirects:
        raise UnreachableError(f"{url}: more than {MAX_REDIRECTS} redirects", remedy="open it in a browser") from None
    except httpx.TimeoutException:
        raise UnreachableError(f"{url}: no page within {timeout:g} s", remedy="try again later") from None
    except httpx.UnsupportedProtocol:
        raise UnreachableError(f"{url}: it redirects to what is not the web", remedy="open it in a browser") from None
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise UnreachableError(f"{url}: {_words(error)}", remedy="check the address and the network") from None


def _read(response: httpx.Response, url: str, until: float, max_bytes: int) -> Fetched:
    """Read the body of an answer: no more than `max_bytes`, and not beyond the moment `until`."""
    if not response.is_success:
        remedy = "open it in a browser; if it has moved, correct its url in pages.yaml"
        raise UnreachableError(f"{url}: the answer is {response.status_code} {response.reason_phrase}", remedy=remedy)
    media_type = response.headers.get("Content-Type", "text/html").split(";")[0].strip().lower()
    if not media_type.startswith(_READABLE):
        raise SpecloomError(f"{url}: {media_type} is no text", remedy="save the page as text or HTML and give the file")
    chunks: list[bytes] = []
    size = 0
    for chunk in response.iter_bytes():
        chunks.append(chunk)
        size += len(chunk)
        if size > max_bytes:
            raise _too_long(url, max_bytes)
        if time.monotonic() > until:
            raise httpx.ReadTimeout("the page is still coming")
    return Fetched(b"".join(chunks), response.charset_encoding, str(response.url))


def _limited(content: bytes, limit: int, source: str) -> bytes:
    if len(content) > limit:
        raise _too_long(source, limit)
    return content


def _too_long(source: str, limit: int) -> SpecloomError:
    return SpecloomError(
        f"{source}: more than {limit} bytes", remedy="save the part of the page that documents the operation"
    )


def _words(error: Exception) -> str:
    """Return what the error says on one line; the class's name when it says nothing."""
    return " ".join(str(error).split()) or type(error).__name__
