from __future__ import annotations

import email.utils
import math
from typing import Any

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.generate.runtime.lab import Answer, Server, Time, answer, call, endpoint

from specloom.generate.runtime.errors import (
    AnswerError,
    ApiConnectionError,
    ApiError,
    ApiTimeoutError,
    ResponseValidationError,
    StatusError,
)
from specloom.generate.runtime.options import CallOptions, RetryPolicy
from specloom.generate.runtime.retry_after import retry_after

BOTH = pytest.mark.parametrize("style", ["sync", "async"])

UNSENT = [httpx.ConnectError("x"), httpx.ConnectTimeout("x"), httpx.PoolTimeout("x"), ConnectionRefusedError()]
AMBIGUOUS = [
    httpx.ReadTimeout("x"),
    httpx.WriteTimeout("x"),
    httpx.ReadError("x"),
    httpx.WriteError("x"),
    httpx.RemoteProtocolError("x"),
    ConnectionResetError(),
    TimeoutError(),
]


def kind(value: object) -> str:
    return f"{value.status_code}" if isinstance(value, httpx.Response) else type(value).__name__


@BOTH
@pytest.mark.parametrize("failure", [*UNSENT, answer(429), answer(503)], ids=kind)
def test_what_was_refused_or_not_sent_is_sent_again(style: str, failure: Answer) -> None:
    time = Time()
    response = call(style, [failure, failure, answer()], time=time)
    assert (response.parsed, response.attempts, response.elapsed) == (7, 3, 1.5)
    assert time.waits == [0.5, 1.0]


@BOTH
@pytest.mark.parametrize("failure", [*UNSENT, answer(429), answer(503, text="no")], ids=kind)
def test_after_the_last_attempt_the_error_is_raised(style: str, failure: Answer) -> None:
    server = Server([failure])
    with pytest.raises(ApiError) as raised:
        call(style, server)
    assert (raised.value.attempts, len(server.requests)) == (3, 3)
    assert not raised.value.may_have_been_applied


@BOTH
@pytest.mark.parametrize("failure", [*AMBIGUOUS, answer(500), answer(502), answer(504), answer(599)], ids=kind)
@pytest.mark.parametrize(
    ("method", "repeat_ambiguous", "attempts"),
    [
        ("POST", False, 1),
        ("PUT", False, 1),
        ("DELETE", False, 1),
        ("POST", True, 3),
        ("GET", False, 3),
        ("HEAD", False, 3),
    ],
)
def test_what_may_have_been_applied_is_sent_again_only_when_that_does_no_harm(
    style: str, failure: Answer, method: str, repeat_ambiguous: bool, attempts: int
) -> None:
    server = Server([failure])
    with pytest.raises(ApiError) as raised:
        call(style, server, operation=endpoint(method), retries=RetryPolicy(repeat_ambiguous=repeat_ambiguous))
    assert (raised.value.attempts, len(server.requests)) == (attempts, attempts)
    assert raised.value.may_have_been_applied == (method not in {"GET", "HEAD"})


@BOTH
@pytest.mark.parametrize("status", [400, 401, 404, 409, 422])
def test_a_refusal_is_final(style: str, status: int) -> None:
    server = Server([answer(status, json={"why": "x"})])
    with pytest.raises(StatusError) as raised:
        call(style, server, retries=RetryPolicy(repeat_ambiguous=True))
    assert (raised.value.status_code, len(server.requests)) == (status, 1)
    assert not raised.value.may_have_been_applied


@BOTH
@pytest.mark.parametrize(
    "last", [answer(422, json={"why": "gone"}), answer(503, text="x"), httpx.ConnectError("x")], ids=kind
)
def test_a_later_refusal_does_not_undo_an_earlier_doubt(style: str, last: Answer) -> None:
    policy = RetryPolicy(attempts=2, repeat_ambiguous=True)
    with pytest.raises(ApiError) as raised:
        call(style, [httpx.ReadTimeout("x"), last], retries=policy)
    assert raised.value.may_have_been_applied


@BOTH
@pytest.mark.parametrize("status", [200, 201, 204, 301, 307])
def test_a_success_that_cannot_be_read_may_have_been_applied(style: str, status: int) -> None:
    server = Server([answer(status, text="<html>", headers={"Location": "/elsewhere"})])
    with pytest.raises(AnswerError) as raised:
        call(style, server)
    assert isinstance(raised.value, ResponseValidationError) == (status == 200)
    assert raised.value.may_have_been_applied
    assert len(server.requests) == 1


@BOTH
def test_a_doubt_about_a_method_that_changes_nothing_is_none(style: str) -> None:
    with pytest.raises(ResponseValidationError) as raised:
        call(style, [answer(200, text="<html>")], operation=endpoint("GET"))
    assert not raised.value.may_have_been_applied


@BOTH
def test_the_server_says_how_long_to_wait(style: str) -> None:
    time = Time(at=1_700_000_000.0, share=0.0)
    date = email.utils.formatdate(time.at + 10, usegmt=True)
    answers = [answer(429, headers={"Retry-After": "7"}), answer(503, headers={"Retry-After": date}), answer()]
    assert call(style, answers, time=time).parsed == 7
    assert time.waits == [7.0, 3.0]


@BOTH
@pytest.mark.parametrize(("seconds", "attempts"), [("60", 2), ("61", 1), ("9" * 400, 1)])
def test_a_wait_that_is_too_long_is_not_begun(style: str, seconds: str, attempts: int) -> None:
    with pytest.raises(StatusError) as raised:
        call(style, [answer(429, headers={"Retry-After": seconds})], retries=RetryPolicy(attempts=2))
    assert raised.value.attempts == attempts
    assert raised.value.retry_after == float(seconds)


@BOTH
def test_options_of_a_call_take_the_place_of_those_of_the_client(style: str) -> None:
    server = Server([httpx.ConnectError("x")])
    with pytest.raises(ApiConnectionError):
        call(style, server, options=CallOptions(retries=RetryPolicy(attempts=5)))
    assert len(server.requests) == 5


@BOTH
def test_the_same_request_is_sent_again(style: str) -> None:
    server = Server([answer(503, text="x"), answer()])
    call(style, server, kwargs={"method": "post", "url": "/orders/1/cancel", "json": {"a": "é"}, "params": {"q": "1"}})
    first, second = server.requests
    assert first.content == second.content == '{"a":"é"}'.encode()
    assert first.url == second.url == httpx.URL("https://api.example.com/base/orders/1/cancel?q=1")
    assert first.headers == second.headers


@BOTH
@pytest.mark.parametrize("mistake", [AssertionError("a test says so"), RuntimeError("closed"), KeyError("x")])
def test_mistakes_in_a_transport_come_out_as_they_are(style: str, mistake: Exception) -> None:
    with pytest.raises(type(mistake)) as raised:
        call(style, [mistake])
    assert raised.value is mistake


@given(attempts=st.integers(1, 10_000), share=st.floats(0, 1), first=st.floats(0, 1e6), longest=st.floats(0, 1e6))
def test_waits_are_no_longer_than_the_longest(attempts: int, share: float, first: float, longest: float) -> None:
    policy = RetryPolicy(first_delay=first, max_delay=longest)
    assert 0 <= policy.delay(attempts, share) <= longest
    assert policy.delay(attempts, 1.0) <= policy.delay(attempts + 1, 1.0)


def test_waits_double_and_are_drawn_at_random_up_to_that() -> None:
    assert [RetryPolicy(jitter=False).delay(attempts, 0.0) for attempts in range(1, 7)] == [0.5, 1, 2, 4, 8, 8]
    assert [RetryPolicy().delay(attempts, 0.25) for attempts in range(1, 7)] == [0.125, 0.25, 0.5, 1, 2, 2]


DATES = st.from_regex(
    r"\A([A-Z][a-z]{2}, )?\d{1,3} [A-Z][a-z]{2} \d{1,6} \d{1,3}:\d{1,3}(:\d{1,3})?( [-+A-Z0-9]{1,9})?\Z"
)


@given(text=st.text() | DATES | st.from_regex(r"\A\d+(\.\d*)?\Z"), now=st.floats(0, 4e9))
@example(text="Mon, 01 Jan 0001 00:00:00 +2359", now=0.0)
@example(text="Fri, 31 Dec 9999 23:59:59 -2359", now=0.0)
@example(text="Sun, 06 Nov 1994 08:49:37 +999999999999", now=0.0)
@example(text="٣", now=0.0)
def test_any_text_is_a_number_of_seconds_or_none(text: str, now: float) -> None:
    seconds = retry_after(text, now)
    assert seconds is None or (seconds >= 0 and not math.isnan(seconds))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (None, None),
        ("", None),
        ("0", 0.0),
        (" 120 ", 120.0),
        ("1.5", 1.5),
        ("-1", None),
        ("1e3", None),
        ("٣", None),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 60.0),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 60.0),
        ("Sun Nov  6 08:49:37 1994", 60.0),
        ("Sun, 06 Nov 1994 08:40:00 GMT", 0.0),
        ("soon", None),
    ],
)
def test_each_form_of_retry_after_is_read(text: str | None, seconds: float | None) -> None:
    assert retry_after(text, 784111777.0 - 60) == seconds


@pytest.mark.parametrize(
    "options",
    [{"attempts": 0}, {"attempts": 1.5}, {"first_delay": -1}, {"max_delay": -1}, {"max_retry_after": math.nan}],
    ids=str,
)
def test_a_policy_without_sense_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError), match=next(iter(options))):
        RetryPolicy(**options)


@BOTH
@pytest.mark.parametrize(
    ("failure", "error"),
    [(httpx.ConnectTimeout("x"), ApiTimeoutError), (httpx.ConnectError("x"), ApiConnectionError)],
    ids=kind,
)
def test_errors_are_those_of_python_too(style: str, failure: Exception, error: type[Exception]) -> None:
    with pytest.raises(error) as raised:
        call(style, [failure])
    assert isinstance(raised.value, TimeoutError if error is ApiTimeoutError else ConnectionError)
