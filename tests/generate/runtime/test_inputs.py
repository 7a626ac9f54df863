from __future__ import annotations

import io
import json
from typing import Any
from urllib.parse import quote

import h11
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.generate.runtime.lab import URL, Server, answer, call, endpoint

from specloom.generate.runtime.errors import RequestValidationError
from specloom.generate.runtime.headers import is_header_value
from specloom.generate.runtime.options import CallOptions
from specloom.generate.runtime.requests import check_path
from specloom.generate.runtime.session import Session

BOTH = pytest.mark.parametrize("style", ["sync", "async"])


def sent(style: str, url: str = "/orders/1/cancel", **given: Any) -> httpx.Request:
    server = Server([answer()])
    call(style, server, kwargs={"method": "post", "url": url, **given.pop("kwargs", {})}, **given)
    (request,) = server.requests
    return request


@BOTH
@pytest.mark.parametrize(("value", "what"), [("", "is empty"), (".", "is '.'"), ("..", "is '..'")])
def test_a_value_that_changes_the_path_is_refused(style: str, value: str, what: str) -> None:
    with pytest.raises(RequestValidationError, match=f"^id {what}: that would address something else$"):
        sent(style, f"/orders/{value}/cancel")


@pytest.mark.parametrize("template", ["/orders/{id}", "/{id}/orders", "/a/{id}/b/{other}"])
@given(value=st.text(max_size=4) | st.sampled_from(["", ".", "..", "...", "/", "%2e", "a/b"]))
def test_any_other_value_is_one_segment_of_the_path(template: str, value: str) -> None:
    try:
        segment = quote(value, safe="")
    except UnicodeEncodeError:
        return  # such text cannot be put into a URL at all
    path = template.format(id=segment, other="x")
    if value in {"", ".", ".."}:
        with pytest.raises(RequestValidationError):
            check_path(template, path)
        return
    check_path(template, path)
    raw = httpx.URL(f"https://api.example.com{path}").raw_path.decode()
    assert raw == path
    assert raw.count("/") == template.count("/")


def test_a_template_without_parameters_is_as_the_spec_has_it() -> None:
    check_path("/a//b/./", "/a//b/./")
    check_path("/a/{id}/", "/a/1/")


@BOTH
@pytest.mark.parametrize("name", ["", "a b", "a\r\nb", "ä", "a:"])
def test_names_of_headers_are_tokens(style: str, name: str) -> None:
    with pytest.raises(RequestValidationError, match="header name"):
        sent(style, options=CallOptions(headers={name: "x"}))


@BOTH
@pytest.mark.parametrize("value", ["a\r\nb", "a\nb", "a\rb", "\x00", "\x1b", " a", "a ", "\ta", "€", 3, None])
@pytest.mark.parametrize("where", ["call", "options"])
def test_values_of_headers_can_be_sent(style: str, value: Any, where: str) -> None:
    given: dict[str, Any] = (
        {"kwargs": {"headers": {"X-A": value}}} if where == "call" else {"options": CallOptions(headers={"X-A": value})}
    )
    with pytest.raises(RequestValidationError, match="the value of the header X-A"):
        sent(style, **given)
    with pytest.raises(RequestValidationError, match="the value of the header X-A"):
        Session(URL, {}, headers={"X-A": value})


@given(value=st.text(max_size=6) | st.text(alphabet=st.characters(max_codepoint=255), max_size=6))
def test_what_is_accepted_as_a_header_arrives(value: str) -> None:
    if not is_header_value(value):
        return
    written = h11.Connection(h11.CLIENT).send(
        h11.Request(method="GET", target="/", headers=[(b"Host", b"a"), (b"X-A", value.encode("latin-1"))])
    )
    assert written is not None
    server = h11.Connection(h11.SERVER)
    server.receive_data(written)
    request = server.next_event()
    assert isinstance(request, h11.Request)
    assert list(request.headers)[-1] == (b"x-a", value.encode("latin-1"))


@BOTH
def test_all_faults_are_named_at_once(style: str) -> None:
    with pytest.raises(RequestValidationError) as raised:
        sent(style, options=CallOptions(headers={"a b": "x", "X-A": "\n", "X-B": "ok"}))
    assert len(raised.value.problems) == 2
    assert str(raised.value) == "; ".join(raised.value.problems)


@BOTH
@pytest.mark.parametrize("cookies", [{"a": "b;c"}, {"a": "b\n"}, {"a b": "c"}, {"a": "ä"}])
def test_cookies_can_be_sent(style: str, cookies: dict[str, str]) -> None:
    with pytest.raises(RequestValidationError, match="cookie"):
        sent(style, kwargs={"cookies": cookies})


@BOTH
def test_the_caller_has_the_last_word_on_headers(style: str) -> None:
    request = sent(
        style,
        headers={"X-A": "client", "X-B": "client", "X-C": "client", "Accept": "text/csv"},
        kwargs={"headers": {"x-b": "call", "x-c": "call"}},
        options=CallOptions(headers={"X-C": "options"}),
    )
    assert [request.headers[name] for name in ("x-a", "x-b", "x-c")] == ["client", "call", "options"]
    assert request.headers["accept"] == "text/csv"
    assert all(len(request.headers.get_list(name)) == 1 for name in ("x-b", "x-c", "accept"))


@BOTH
def test_nothing_is_sent_that_nobody_asked_for(style: str) -> None:
    request = sent(style, kwargs={"headers": {"Content-Type": "application/json"}})
    assert {name for name, _ in request.headers.items()} == {
        "accept",
        "accept-encoding",
        "authorization",
        "connection",
        "content-length",
        "host",
        "user-agent",
    }
    assert (request.method, request.content) == ("POST", b"")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(value=JSON)
def test_json_arrives_as_it_is_or_is_refused(value: Any) -> None:
    try:
        request = sent("sync", kwargs={"json": value, "headers": {"Content-Type": "application/json"}})
    except RequestValidationError as error:
        assert "surrogate" in str(error)  # noqa: PT017 - most values are fine
        return
    assert json.loads(request.content) == value
    assert request.headers.get_list("content-type") == ["application/json"]


def _cycle() -> list[Any]:
    found: list[Any] = []
    found.append(found)
    return found


@BOTH
@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), object(), b"x", {(1, 2): 3}, _cycle(), "\ud800"],
    ids=["nan", "inf", "object", "bytes", "tuple", "cycle", "surrogate"],
)
def test_what_is_no_json_is_refused(style: str, value: Any) -> None:
    with pytest.raises(RequestValidationError, match="the body"):
        sent(style, kwargs={"json": value})


@BOTH
def test_other_bodies_are_read_once_and_can_be_sent_again(style: str) -> None:
    cases: list[tuple[dict[str, Any], str | None, bytes]] = [
        ({"content": b"abc"}, None, b"abc"),
        ({"content": io.BytesIO(b"abc")}, None, b"abc"),
        ({"content": "äb"}, None, "äb".encode()),
        ({"content": b"", "headers": {"Content-Type": "a/b"}}, "a/b", b""),
        ({"data": {"a": "b c"}}, "application/x-www-form-urlencoded", b"a=b+c"),
        ({"json": None}, "application/json", b"null"),
    ]
    for kwargs, media_type, content in cases:
        server = Server([answer(503, text=""), answer()])
        call(style, server, kwargs={"url": "/orders/1/cancel", **kwargs})
        assert [each.content for each in server.requests] == [content, content]
        assert [each.headers.get("content-type") for each in server.requests] == [media_type, media_type]
        assert server.requests[0].headers["content-length"] == str(len(content))


@BOTH
def test_files_go_as_multipart(style: str) -> None:
    request = sent(style, kwargs={"files": {"a": ("name.txt", io.BytesIO(b"abc"), "text/plain")}, "data": {"b": "c"}})
    boundary = request.headers["content-type"].removeprefix("multipart/form-data; boundary=").encode()
    assert request.content.count(b"--" + boundary) == 3
    assert b"abc" in request.content


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.example.com",
        "ftp://a",
        "https://",
        "https://a?b=c",
        "https://a#b",
        "https://a?",
        "https://u@a",
        "https://a:b",
        "http://[::1",
    ],
)
def test_a_base_url_that_paths_cannot_be_added_to_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"base URL|port|IPv6"):
        Session(url, {})


@BOTH
@pytest.mark.parametrize("base", ["https://api.example.com/base", "https://api.example.com/base/"])
def test_paths_are_added_to_the_base_url(style: str, base: str) -> None:
    server = Server([answer()])
    session = Session(base, {}, transport=httpx.MockTransport(server))
    session.call(endpoint(security=()), {"url": "/orders/a%2Fb/cancel"})
    assert str(server.requests[0].url) == "https://api.example.com/base/orders/a%2Fb/cancel"
    assert style
