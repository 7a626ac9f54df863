from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from tests.generate.runtime.lab import KWARGS, URL, Server, Time, answer, bearer, call, endpoint

from specloom.generate.runtime.async_session import AsyncSession
from specloom.generate.runtime.errors import ApiError, ApiTimeoutError, StatusError
from specloom.generate.runtime.options import CallOptions, RetryPolicy
from specloom.generate.runtime.session import Session

BOTH = pytest.mark.parametrize("style", ["sync", "async"])
STEPS = ("connect", "read", "write", "pool")


def timeouts(request: httpx.Request) -> dict[str, float | None]:
    found: dict[str, Any] = request.extensions["timeout"]
    return {step: found.get(step) for step in STEPS}


def took(time: Time, seconds: float, response: httpx.Response | Exception) -> Any:
    def respond(_: httpx.Request) -> httpx.Response:
        time.at += seconds
        if isinstance(response, Exception):
            raise response
        return response

    return respond


@BOTH
@pytest.mark.parametrize(
    ("client", "options", "seconds"),
    [
        ({}, None, 30.0),
        ({"timeout": 3.0}, None, 3.0),
        ({"timeout": 3.0}, CallOptions(timeout=1.0), 1.0),
        ({"timeout": math.inf}, None, None),
        ({"deadline": 2.0}, None, 2.0),
        ({"deadline": 2.0, "timeout": 1.5}, None, 1.5),
        ({"deadline": 2.0, "timeout": math.inf}, None, 2.0),
        ({"deadline": 2.0}, CallOptions(deadline=1.0), 1.0),
        ({"deadline": 2.0}, CallOptions(deadline=math.inf), 30.0),
    ],
)
def test_each_step_of_an_attempt_has_the_timeout_or_what_is_left(
    style: str, client: dict[str, Any], options: CallOptions | None, seconds: float | None
) -> None:
    seen: list[dict[str, float | None]] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(timeouts(request))
        return answer()

    call(style, [respond], options=options, **client)
    assert seen == [dict.fromkeys(STEPS, seconds)]


@BOTH
def test_a_later_step_has_what_is_left_when_it_begins(style: str) -> None:
    time = Time()
    seen: list[float | None] = []

    def respond(request: httpx.Request) -> httpx.Response:
        for _ in range(3):
            seen.append(request.extensions["timeout"].get("read"))
            time.at += 4
        assert request.extensions["timeout"].get("other", "default") == "default"
        return answer()

    call(style, [respond], time=time, timeout=5.0, deadline=10.0)
    assert seen == [5.0, 5.0, 2.0]


@BOTH
def test_a_wait_that_the_deadline_does_not_leave_is_not_begun(style: str) -> None:
    time = Time()
    server = Server([took(time, 1.0, answer(503, headers={"Retry-After": "4"}))])
    with pytest.raises(StatusError) as raised:
        call(style, server, time=time, deadline=5.0)
    assert (raised.value.attempts, time.waits) == (1, [])
    assert not raised.value.may_have_been_applied


@BOTH
def test_the_deadline_counts_over_all_attempts(style: str) -> None:
    time = Time()
    server = Server([took(time, 2.0, httpx.ConnectTimeout("x"))])
    with pytest.raises(ApiTimeoutError) as raised:
        call(style, server, time=time, deadline=5.0, retries=RetryPolicy(attempts=9))
    assert (raised.value.attempts, time.waits) == (2, [0.5])


@BOTH
def test_credentials_that_come_too_late_end_the_call(style: str) -> None:
    time = Time()

    def token() -> str:
        time.at += 6
        return "t"

    server = Server([answer()])
    with pytest.raises(ApiTimeoutError) as raised:
        call(style, server, time=time, deadline=5.0, credentials=bearer(token))
    assert (raised.value.attempts, server.requests) == (0, [])
    assert not raised.value.may_have_been_applied


class Drip(httpx.SyncByteStream):
    """A body that takes a second for each byte, and never ends."""

    def __init__(self, time: Time) -> None:
        self.time = time
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self.time.at += 1
            yield b"x"

    def close(self) -> None:
        """Note that it was closed."""
        self.closed = True


@pytest.mark.parametrize(("status", "ambiguous"), [(200, True), (500, True), (422, False), (404, False)])
def test_a_body_that_drips_is_cut_off(status: int, ambiguous: bool) -> None:
    time = Time()
    drip = Drip(time)
    with pytest.raises(ApiTimeoutError) as raised:
        call("sync", [lambda _: httpx.Response(status, stream=drip)], time=time, deadline=5.0)
    assert raised.value.response is not None
    assert (raised.value.response.status_code, raised.value.response.content) == (status, b"xxxxxx")
    assert raised.value.may_have_been_applied == ambiguous
    assert drip.closed


class Silence(httpx.AsyncByteStream):
    """A body of which one byte comes, and then nothing."""

    def __init__(self) -> None:
        self.closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"x"
        await asyncio.Event().wait()

    async def aclose(self) -> None:
        """Note that it was closed."""
        self.closed = True


def test_a_task_is_cut_off_while_it_awaits_an_answer() -> None:
    async def never(_: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    with pytest.raises(ApiTimeoutError) as raised:
        _awaited(never)
    assert raised.value.may_have_been_applied
    assert raised.value.response is None


def test_a_task_is_cut_off_while_it_awaits_the_body() -> None:
    silence = Silence()

    async def half(_: httpx.Request) -> httpx.Response:
        return httpx.Response(422, stream=silence)

    with pytest.raises(ApiTimeoutError) as raised:
        _awaited(half)
    assert raised.value.response is not None
    assert raised.value.response.content == b"x"
    assert not raised.value.may_have_been_applied
    assert silence.closed


def test_a_task_is_cut_off_while_it_awaits_credentials() -> None:
    async def token() -> str:
        await asyncio.Event().wait()
        return ""

    async def fail(_: httpx.Request) -> httpx.Response:
        raise AssertionError

    with pytest.raises(ApiTimeoutError) as raised:
        _awaited(fail, bearer(token))
    assert raised.value.attempts == 0


def _awaited(respond: Any, credentials: Any = None) -> None:
    """Make a call with a deadline that passes soon, and yet later than a request takes to be sent."""

    async def run() -> None:
        session = AsyncSession(URL, credentials or bearer(), transport=httpx.MockTransport(respond), deadline=0.2)
        await session.call(endpoint(), KWARGS)

    asyncio.run(run())


@pytest.mark.parametrize("name", ["timeout", "deadline"])
@pytest.mark.parametrize("value", [0, -1, math.nan, "3", True])
def test_times_without_sense_are_refused(name: str, value: Any) -> None:
    with pytest.raises((TypeError, ValueError), match=name):
        Session(URL, bearer(), **{name: value})
    with pytest.raises((TypeError, ValueError), match=name):
        CallOptions(**{name: value})


@BOTH
def test_a_timeout_of_the_transport_is_an_error_of_ours(style: str) -> None:
    with pytest.raises(ApiError, match="no answer came in time"):
        call(style, [httpx.ReadTimeout("x")])
