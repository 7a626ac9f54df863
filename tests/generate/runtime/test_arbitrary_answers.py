from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.generate.runtime.lab import Server, call, endpoint

from specloom.generate.runtime.errors import ApiError
from specloom.generate.runtime.options import RetryPolicy
from specloom.generate.runtime.responses import Response

NAMES = st.sampled_from(
    [
        "Content-Type",
        "Content-Encoding",
        "Content-Length",
        "Transfer-Encoding",
        "Location",
        "Set-Cookie",
        "Retry-After",
        "Date",
    ]
)
VALUES = st.one_of(
    st.binary(max_size=40),
    st.sampled_from(
        [
            b"application/json",
            b"application/json; charset=utf-16",
            b"text/plain; charset=rot13",
            b"text/plain; charset=unicode_escape",
            b"gzip",
            b"deflate",
            b"br, gzip",
            b"identity, chunked",
            b"-1",
            b"99999999999999999999",
            b"//[",
            b"http://[::1",
            b"http://\xff.example/",
            b"https://api.example.com:99999999/",
            b"x=1; expires=Thu, 99 Foo 0000 99:99:99 GMT; domain=..; max-age=x",
            b"Fri, 31 Dec 9999 23:59:59 GMT",
            b"9" * 5000,
        ]
    ),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "why", "x"]), inner, max_size=3),
    max_leaves=6,
)
BODIES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [
            b"[" * 100_000,
            b'{"id":' * 50_000,
            b'{"id": ' + b"9" * 5000 + b"}",
            b'{"id": "\\ud800"}',
            b'"\xff\xfe"',
            b"\xef\xbb\xbf{}",
            b"\xff\xfe{\x00",
            b"NaN",
            b"<html></html>",
        ]
    ),
    JSON.map(lambda value: httpx.Response(200, json=value).content if _is_finite(value) else b"Infinity"),
)


def _is_finite(value: object) -> bool:
    return "inf" not in repr(value) and "nan" not in repr(value)


@pytest.mark.parametrize("style", ["sync", "async"])
@given(
    status=st.integers(100, 599),
    headers=st.lists(st.tuples(NAMES | st.text(max_size=8).map(str), VALUES), max_size=4),
    body=BODIES,
    method=st.sampled_from(["GET", "POST", "HEAD"]),
)
def test_any_answer_gives_a_result_or_an_error_of_ours(
    style: str, status: int, headers: list[tuple[str, bytes]], body: bytes, method: str
) -> None:
    raw = [(name.encode("utf-8", "replace"), value) for name, value in headers]
    server = Server([lambda _: httpx.Response(status, headers=raw, stream=_Stream(body))])
    error = None
    try:
        response = call(style, server, operation=endpoint(method), retries=RetryPolicy(attempts=2))
    except ApiError as raised:
        error = raised
    if error is None:
        assert (status, type(response)) == (200, Response)
        return
    assert str(error)
    assert error.attempts == len(server.requests)
    assert error.response is None or isinstance(error.response.text, str)
    assert not (error.may_have_been_applied and (method != "POST" or status // 100 == 4 or status == 503))


class _Stream(httpx.SyncByteStream, httpx.AsyncByteStream):
    def __init__(self, body: bytes) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        yield self._body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._body
