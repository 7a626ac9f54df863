from __future__ import annotations

import asyncio
import base64
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.generate.runtime.lab import ADVICE, CANARY, URL, Server, answer, bearer, call, endpoint

from specloom.generate.runtime.credentials import Credential, chosen
from specloom.generate.runtime.errors import CredentialsError
from specloom.generate.runtime.options import CallOptions
from specloom.generate.runtime.session import Session

BOTH = pytest.mark.parametrize("style", ["sync", "async"])


def key(place: Any, secret: Any = CANARY) -> dict[str, Credential]:
    return {"token": Credential("key", ADVICE, (secret,), place, "X-Key")}


def basic(user: Any, password: Any) -> dict[str, Credential]:
    return {"token": Credential("basic", ADVICE, (user, password))}


def sent(style: str, credentials: dict[str, Credential], **given: Any) -> httpx.Request:
    server = Server([answer()])
    call(style, server, credentials=credentials, **given)
    (request,) = server.requests
    return request


@BOTH
def test_each_kind_goes_where_its_scheme_says(style: str) -> None:
    assert sent(style, bearer("abc")).headers["authorization"] == "Bearer abc"
    encoded = base64.b64encode("ü:p:ä".encode()).decode()
    assert sent(style, basic("ü", "p:ä")).headers["authorization"] == f"Basic {encoded}"
    assert sent(style, key("header")).headers["x-key"] == CANARY
    assert sent(style, key("query", "a b&c")).url.params["X-Key"] == "a b&c"
    assert sent(style, key("cookie")).headers["cookie"] == f"X-Key={CANARY}"


@BOTH
def test_a_key_joins_the_parameters_and_cookies_of_the_call(style: str) -> None:
    kwargs = {"url": "/orders/1/cancel", "params": {"a": ["1", "2"]}, "cookies": {"b": "3"}}
    assert sent(style, key("query"), kwargs=kwargs).url.query == f"a=1&a=2&X-Key={CANARY}".encode()
    assert sent(style, key("cookie"), kwargs=kwargs).headers["cookie"] == f"b=3; X-Key={CANARY}"


@BOTH
def test_a_function_is_asked_for_each_attempt(style: str) -> None:
    tokens = iter(["one", "two", "three"])
    server = Server([answer(503, text=""), answer(503, text=""), answer()])
    call(style, server, credentials=bearer(lambda: next(tokens)))
    assert [each.headers["authorization"] for each in server.requests] == ["Bearer one", "Bearer two", "Bearer three"]


def test_a_function_may_be_one_to_be_awaited() -> None:
    async def token() -> str:
        await asyncio.sleep(0)
        return "later"

    assert sent("async", bearer(token)).headers["authorization"] == "Bearer later"
    with pytest.raises(CredentialsError, match="needs the async client"):
        sent("sync", bearer(token))


@BOTH
@pytest.mark.parametrize("value", [None, b"abc", 3, ""])
def test_a_function_must_give_text(style: str, value: object) -> None:
    with pytest.raises(CredentialsError, match=ADVICE) as raised:
        sent(style, bearer(lambda: value))
    assert (raised.value.attempts, raised.value.may_have_been_applied) == (0, False)


@BOTH
def test_a_function_that_fails_says_so(style: str) -> None:
    def token() -> str:
        raise KeyError(CANARY)

    async def later() -> str:
        raise KeyError(CANARY)

    for each in [token, *([later] if style == "async" else [])]:
        with pytest.raises(CredentialsError, match="raised KeyError; give token") as raised:
            sent(style, bearer(each))
        assert isinstance(raised.value.__cause__, KeyError)


@BOTH
def test_a_function_that_fails_later_keeps_what_is_known_of_the_call(style: str) -> None:
    tokens = iter(["one"])
    with pytest.raises(CredentialsError) as raised:
        call(style, [answer(503, text="")], credentials=bearer(lambda: next(tokens)))
    assert (raised.value.attempts, raised.value.method) == (1, "POST")
    assert raised.value.url == "https://api.example.com/base/orders/1/cancel"


@BOTH
def test_what_is_missing_is_named_before_anything_is_sent(style: str) -> None:
    server = Server([answer()])
    with pytest.raises(CredentialsError, match="missing: give token, or set EXAMPLE_TOKEN"):
        call(style, server, credentials=bearer(None))
    with pytest.raises(CredentialsError, match="missing"):
        call(style, server, credentials=basic("u", None))
    assert server.requests == []


FORBIDDEN = ["a\r\nX: y", "a\n", "a\x00", "\x7f", "", " a", "a ", "ł"]


@pytest.mark.parametrize("value", FORBIDDEN)
def test_what_cannot_be_sent_is_refused_when_the_client_is_made(value: str) -> None:
    for credentials in [bearer(value), key("header", value)]:
        with pytest.raises(CredentialsError, match="empty or has characters that cannot be sent; give token"):
            Session(URL, credentials)


@BOTH
@pytest.mark.parametrize("value", FORBIDDEN)
def test_what_a_function_gives_is_checked_likewise(style: str, value: str) -> None:
    with pytest.raises(CredentialsError, match="cannot be sent"):
        sent(style, bearer(lambda: value))


@pytest.mark.parametrize(
    "credentials", [key("cookie", "a;b"), key("query", "a\nb"), basic("a:b", "c"), basic("a", "\0")]
)
def test_each_place_has_its_own_rules(credentials: dict[str, Credential]) -> None:
    with pytest.raises(CredentialsError, match="cannot be sent"):
        Session(URL, credentials)


@given(value=st.text(max_size=6), place=st.sampled_from(["header", "query", "cookie", "bearer", "basic"]))
def test_a_credential_is_refused_without_being_told_or_sent_as_it_is(value: str, place: str) -> None:
    known = bearer(value) if place == "bearer" else basic(value, value) if place == "basic" else key(place, value)
    try:
        request = sent("sync", known)
    except CredentialsError as error:
        told = str(error)
        assert told == f"the credential is empty or has characters that cannot be sent; {ADVICE}"
        return
    found = {
        "header": lambda: request.headers["x-key"],
        "query": lambda: request.url.params["x-key".title()],
        "cookie": lambda: request.headers["cookie"].removeprefix("X-Key="),
        "bearer": lambda: request.headers["authorization"].removeprefix("Bearer "),
        "basic": lambda: base64.b64decode(request.headers["authorization"][6:]).decode()[: len(value)],
    }[place]()
    assert found == value
    assert all(b"\r" not in each and b"\n" not in each for _, each in request.headers.raw)


def test_the_first_complete_alternative_counts() -> None:
    known = {name: Credential("bearer", name, (name,)) for name in "ab"} | {"c": Credential("bearer", "c", (None,))}
    assert chosen((), known) == ()
    assert chosen((("c",), ("b",), ("a",)), known) == (known["b"],)
    assert chosen((("c", "a"), ("a", "b")), known) == (known["a"], known["b"])
    assert chosen(((), ("a",)), known) == (known["a"],)
    assert chosen((("c",), ()), known) == ()
    assert chosen((("mutual-tls",),), known) == ()
    with pytest.raises(CredentialsError, match=r"missing: c, or d$"):
        chosen((("c",), ("a", "d")), {**known, "d": Credential("bearer", "d", (None,))})


def test_an_httpx_client_with_credentials_of_its_own_needs_no_others() -> None:
    server = Server([answer()])
    with httpx.Client(transport=httpx.MockTransport(server), auth=("u", "p")) as client:
        call("sync", server, credentials=bearer(None), http_client=client, transport=None)
    assert server.requests[0].headers["authorization"].startswith("Basic ")


@BOTH
def test_the_headers_of_a_call_come_before_credentials(style: str) -> None:
    request = sent(style, bearer("abc"), options=CallOptions(headers={"authorization": "Other"}))
    assert request.headers.get_list("authorization") == ["Other"]


@BOTH
def test_an_operation_without_security_gets_no_credentials(style: str) -> None:
    assert "authorization" not in sent(style, bearer("abc"), operation=endpoint(security=())).headers
