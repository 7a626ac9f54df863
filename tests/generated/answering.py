"""Answers of a vendor to whom anything may happen: content, status, media type and other headers."""

from __future__ import annotations

import json
import random
from collections.abc import AsyncIterator, Iterator
from typing import Final

import attrs
import httpx
from tests.generated.mangling import mangled

from specloom.spec import Operation

_STATUSES: Final = (
    *(100, 101, 199, 200, 201, 202, 204, 206, 299, 301, 304, 400, 401, 403, 404, 418, 422, 429, 500, 503, 599),
    *(0, 99, 600, 999),
)
_MEDIA_TYPES: Final = (
    *("application/json", "text/html", "text/plain", "application/xml", "application/problem+json", "", ";", "a/b/c"),
    *("application/json; charset=utf-16", "application/json; charset=nowhere", 'text/plain; charset="', "\xff/\xfe"),
)
_RETRY_AFTER: Final = (
    *("0", "3600", "-1", "1.5", "soon", "9" * 400),
    *("Fri, 31 Dec 9999 23:59:59 GMT", "Fri, 99 Foo 0 9:9"),
)
_ENCODINGS: Final = ("gzip", "deflate", "identity", "unknown")
_CONTENTS: Final = (
    *(b"", b" ", b"null", b"{}", b"[]", b'"', b'{"', b"NaN", b"-Infinity", b"{} {}", b"1e999", b'"\\ud800"'),
    *(b"[" * 20_000, b'{"a":' * 20_000, b"9" * 5_000, b"<html><body>502 Bad Gateway</body></html>"),
    *(b"\xef\xbb\xbf{}", b"\xff\xfe{\x00}\x00"),
)


@attrs.frozen
class Answer(httpx.SyncByteStream, httpx.AsyncByteStream):
    """An answer; its content arrives in two parts."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    content: bytes = attrs.field(repr=lambda content: repr(content[:2_000]))

    def __iter__(self) -> Iterator[bytes]:
        yield from (self.content[:7], self.content[7:])

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self:
            yield part

    def respond(self) -> httpx.Response:
        """Return the response before any of its content is read."""
        return httpx.Response(self.status, headers=list(self.headers), stream=self)


def answers(operation: Operation, seed: int, count: int) -> Iterator[Answer]:
    """Yield `count` answers to `operation`, mostly mangled examples with what belongs to them; by `seed` the same."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    examples = [
        (int(status), media_type.name, mangled(example.value, seed, count))
        for status, response in operation.responses.items()
        for media_type in response.media_types
        for example in media_type.examples
    ]
    for _ in range(count):
        status, media_type, values = chance.choice(examples)
        content = _content(json.dumps(next(values)).encode(), chance)
        status = status if chance.random() < 0.8 else chance.choice((*_STATUSES, *map(int, operation.responses)))
        yield Answer(status, tuple(_headers(media_type, chance)), content)


def _content(content: bytes, chance: random.Random) -> bytes:
    """Return `content`, or often something else: any bytes, or `content` cut off or with a byte changed."""
    draw = chance.random()
    if draw < 0.1:
        return chance.choice(_CONTENTS)
    if draw < 0.2:
        return chance.randbytes(chance.randrange(40))
    at = chance.randrange(len(content))
    if draw < 0.25:
        return content[:at]
    return content[:at] + chance.randbytes(1) + content[at + 1 :] if draw < 0.3 else content


def _headers(media_type: str, chance: random.Random) -> Iterator[tuple[bytes, bytes]]:
    if chance.random() < 0.2:
        media_type = chance.choice(_MEDIA_TYPES)
    if media_type:
        yield b"Content-Type", media_type.encode("latin-1")
    if chance.random() < 0.1:
        yield b"Retry-After", chance.choice(_RETRY_AFTER).encode()
    if chance.random() < 0.05:
        yield b"Content-Encoding", chance.choice(_ENCODINGS).encode()
    if chance.random() < 0.05:
        yield b"Set-Cookie", chance.randbytes(9)
