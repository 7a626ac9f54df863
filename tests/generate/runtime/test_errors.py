from __future__ import annotations

import copy
import pickle
from typing import Any

import httpx
import pytest
from tests.generate.runtime.lab import OtherError, UnprocessableError, answer, bearer, call

from specloom.generate.runtime.endpoint import Endpoint, ErrorAnswer
from specloom.generate.runtime.errors import (
    AnswerError,
    ApiConnectionError,
    ApiError,
    ApiTimeoutError,
    CredentialsError,
    RequestValidationError,
    ResponseValidationError,
    StatusError,
    UndocumentedStatusError,
)
from specloom.generate.runtime.responses import RawResponse

BOTH = pytest.mark.parametrize("style", ["sync", "async"])

ENDINGS: list[tuple[type[ApiError], Any]] = [
    (ApiConnectionError, httpx.ReadError("x")),
    (ApiTimeoutError, httpx.ReadTimeout("x")),
    (UnprocessableError, answer(422, json={"why": "shipped"}, headers={"Retry-After": "9"})),
    (OtherError, answer(500, text="down")),
    (UndocumentedStatusError, answer(404, json={})),
    (ResponseValidationError, answer(422, text="<html>")),
    (ResponseValidationError, answer(200, json={})),
]


@BOTH
@pytest.mark.parametrize(("error", "ending"), ENDINGS, ids=lambda value: getattr(value, "__name__", ""))
def test_errors_can_be_pickled_and_copied_with_all_they_hold(style: str, error: type[ApiError], ending: Any) -> None:
    with pytest.raises(ApiError) as raised:
        call(style, [ending])
    assert type(raised.value) is error
    for other in [pickle.loads(pickle.dumps(raised.value)), copy.copy(raised.value)]:  # noqa: S301 - it is our own
        assert type(other) is error
        assert str(other) == str(raised.value)
        assert other.__dict__ == raised.value.__dict__


@pytest.mark.parametrize("error", [RequestValidationError("a is wrong", "b too"), CredentialsError("none")])
def test_refusals_can_be_pickled(error: ApiError) -> None:
    other = pickle.loads(pickle.dumps(error))  # noqa: S301 - it is our own
    assert (type(other), str(other), other.__dict__) == (type(error), str(error), error.__dict__)


def test_all_errors_have_one_base_and_those_of_python() -> None:
    assert issubclass(ApiConnectionError, (ApiError, ConnectionError))
    assert issubclass(ApiTimeoutError, (ApiError, TimeoutError))
    assert issubclass(RequestValidationError, (ApiError, ValueError))
    assert all(issubclass(each, ApiError) for each in [StatusError, ResponseValidationError, CredentialsError])


@BOTH
def test_a_documented_status_has_the_body_that_was_read(style: str) -> None:
    with pytest.raises(UnprocessableError) as raised:
        call(style, [answer(422, json={"why": "shipped"}, headers={"Retry-After": "9"})])
    error = raised.value
    assert (error.body, error.status_code, error.retry_after, error.attempts) == ("shipped", 422, 9.0, 1)
    assert (error.method, error.url) == ("POST", "https://api.example.com/base/orders/1/cancel")
    assert error.response.json() == {"why": "shipped"}
    assert str(error) == 'POST https://api.example.com/base/orders/1/cancel was answered with 422: {"why":"shipped"}'


@BOTH
def test_what_the_message_tells_of_an_answer_is_one_short_line(style: str) -> None:
    with pytest.raises(UndocumentedStatusError) as raised:
        call(style, [answer(418, content=b"a\r\n\x1b[31mb\x00" + b"c" * 999, headers={"Content-Type": "text/plain"})])
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 450
    with pytest.raises(UndocumentedStatusError) as raised:
        call(style, [answer(418, html="<html>")])
    assert "<html>" not in str(raised.value)


@BOTH
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<html>", "Expecting value"),
        (b"{}", "'id' is missing"),
        (b'{"id": "a"}', "concatenate"),
        (b"[" * 100_000, "recursion"),
        (b"\xff", "decode"),
        (b"9" * 5000, "digits"),
    ],
)
def test_an_answer_that_cannot_be_read_says_why_and_is_there(style: str, content: bytes, reason: str) -> None:
    with pytest.raises(ResponseValidationError, match=reason) as raised:
        call(style, [answer(content=content)])
    error = raised.value
    assert (error.status_code, error.response.content) == (200, content)
    assert error.__cause__ is not None
    assert error.may_have_been_applied


@BOTH
@pytest.mark.parametrize(("status", "ambiguous"), [(200, True), (422, False), (503, False), (502, True)])
def test_content_that_is_not_encoded_as_it_says_is_an_error(style: str, status: int, ambiguous: bool) -> None:
    def respond(_: httpx.Request) -> httpx.Response:
        return httpx.Response(status, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(b"no gzip"))

    with pytest.raises(ResponseValidationError, match="not encoded as its headers say") as raised:
        call(style, [respond])
    assert (raised.value.status_code, raised.value.may_have_been_applied) == (status, ambiguous)
    assert raised.value.attempts == (3 if status == 503 else 1)


class Broken(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that breaks off after three bytes."""

    def __iter__(self) -> Any:
        yield b"abc"
        raise httpx.ReadError("reset")

    async def __aiter__(self) -> Any:
        yield b"abc"
        raise httpx.ReadError("reset")


@BOTH
@pytest.mark.parametrize(("status", "ambiguous", "attempts"), [(200, True, 1), (404, False, 1), (503, False, 3)])
def test_an_answer_that_breaks_off_keeps_what_came(style: str, status: int, ambiguous: bool, attempts: int) -> None:
    with pytest.raises(ApiConnectionError, match=f"answered with {status}") as raised:
        call(style, [lambda _: httpx.Response(status, stream=Broken())])
    error = raised.value
    assert (error.may_have_been_applied, error.attempts) == (ambiguous, attempts)
    assert error.response == RawResponse(status, httpx.Headers(), b"abc")


@BOTH
def test_redirects_are_not_followed(style: str) -> None:
    with pytest.raises(UndocumentedStatusError, match="302"):
        call(style, [answer(302, headers={"Location": "https://elsewhere.example/"})])


@BOTH
def test_the_url_and_the_cause_are_told_without_what_httpx_holds(style: str) -> None:
    with pytest.raises(ApiConnectionError) as raised:
        call(style, [httpx.ConnectError("[Errno 111] Connection refused")], credentials=bearer("abc"))
    cause = raised.value.__cause__
    assert isinstance(cause, httpx.ConnectError)
    assert str(cause) == "[Errno 111] Connection refused"
    assert cause.__traceback__ is None
    with pytest.raises(RuntimeError, match="request"):
        _ = cause.request


def test_answers_are_found_by_status_then_by_group_then_by_default() -> None:
    def read(name: str) -> Any:
        return lambda _: name

    class GroupError(StatusError):
        """4XX."""

    class DefaultError(StatusError):
        """Default."""

    documented: Endpoint[str] = Endpoint(
        "a",
        "GET",
        "/",
        (),
        successes={"200": read("200"), "2XX": read("2XX")},
        errors={
            "204": ErrorAnswer(AnyStatusError, read("204")),
            "4XX": ErrorAnswer(GroupError, read("4XX")),
            "default": ErrorAnswer(DefaultError, read("d")),
        },
    )
    raw = RawResponse(200, httpx.Headers(), b"")
    successes = {status: documented.success(status) for status in (200, 202, 204, 404, 500)}
    assert {status: found(raw) for status, found in successes.items() if found} == {200: "200", 202: "2XX"}
    errors = {status: documented.error(status) for status in (204, 404, 500, 302, 206)}
    assert {status: found.error for status, found in errors.items() if found} == {
        204: AnyStatusError,
        404: GroupError,
        500: DefaultError,
        302: DefaultError,
    }
    lenient: Endpoint[str] = Endpoint("b", "GET", "/", (), {"default": read("any")}, {})
    assert [lenient.success(status) is not None for status in (200, 299, 300, 404)] == [True, True, False, False]


class AnyStatusError(StatusError):
    """Any."""


@pytest.mark.parametrize(
    ("content_type", "content", "text"),
    [
        ("text/plain", "ä".encode(), "ä"),
        ("text/plain; charset=latin-1", b"\xe4", "ä"),
        ('text/plain; Charset="UTF-16"', "ä".encode("utf-16"), "ä"),
        ("text/plain; charset=utf-8", b"\xe4", "�"),
        ("text/plain; charset=nonsense", b"a", "a"),
        ("text/plain; charset=rot13", b"a", "a"),
        ("text/plain; charset=unicode_escape", b"\\d", "\\d"),
    ],
)
def test_text_is_read_in_the_charset_it_has(content_type: str, content: bytes, text: str) -> None:
    assert RawResponse(200, httpx.Headers({"content-type": content_type}), content).text == text


def test_an_answer_error_needs_no_more_than_a_response() -> None:
    error = AnswerError("x", response=RawResponse(500, httpx.Headers(), b""))
    assert (error.status_code, error.retry_after, error.attempts) == (500, None, 0)
