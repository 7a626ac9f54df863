from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from tests.generate.runtime.lab import KWARGS, URL, Server, Time, answer, bearer, call, endpoint

from specloom.generate.runtime.async_session import AsyncSession
from specloom.generate.runtime.errors import ApiError
from specloom.generate.runtime.options import RetryPolicy
from specloom.generate.runtime.session import Session

CALLS = 200


def echo(request: httpx.Request) -> httpx.Response:
    """Answer with the number in the path; refuse every third at first."""
    return httpx.Response(200, json={"id": int(request.url.path.split("/")[-2])})


def numbered(number: int) -> dict[str, Any]:
    return {"url": f"/orders/{number}/cancel"}


def test_threads_share_a_session_and_each_gets_its_own_answer() -> None:
    session = Session(URL, bearer(), transport=httpx.MockTransport(echo))
    documented = endpoint()
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda number: session.call(documented, numbered(number)).parsed, range(CALLS)))
    assert found == list(range(CALLS))


def test_tasks_share_a_session_and_each_gets_its_own_answer() -> None:
    async def slow(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0)
        return echo(request)

    async def run() -> list[int]:
        session = AsyncSession(URL, bearer(), transport=httpx.MockTransport(slow))
        answers = await asyncio.gather(*(session.call(endpoint(), numbered(number)) for number in range(CALLS)))
        return [each.parsed for each in answers]

    assert asyncio.run(run()) == list(range(CALLS))


def test_calls_repeat_independently_of_each_other() -> None:
    refused: set[str] = set()

    def respond(request: httpx.Request) -> httpx.Response:
        if request.url.path in refused:
            return echo(request)
        refused.add(request.url.path)
        return httpx.Response(503)

    session = Session(URL, bearer(), transport=httpx.MockTransport(respond), clock=Time().clock)
    documented = endpoint()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: session.call(documented, numbered(number)), range(CALLS)))
    assert [(each.parsed, each.attempts) for each in answers] == [(number, 2) for number in range(CALLS)]


class Endless(httpx.AsyncByteStream):
    """A body that never comes."""

    def __init__(self) -> None:
        self.closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"x"
        await asyncio.Event().wait()

    async def aclose(self) -> None:
        """Note that it was closed."""
        self.closed = True


@pytest.mark.parametrize("deadline", [None, 3600.0])
@pytest.mark.parametrize("where", ["credentials", "answer", "body", "wait"])
def test_a_cancelled_task_ends_as_cancelled_and_leaves_nothing_open(where: str, deadline: float | None) -> None:
    async def run() -> tuple[bool, bool]:
        reached, body = asyncio.Event(), Endless()

        async def forever(*_: object) -> Any:
            reached.set()
            await asyncio.Event().wait()

        async def respond(_: httpx.Request) -> httpx.Response:
            if where == "answer":
                await forever()
            reached.set()
            return httpx.Response(503) if where == "wait" else httpx.Response(200, stream=body)

        session = AsyncSession(
            URL,
            bearer(forever if where == "credentials" else "t"),
            transport=httpx.MockTransport(respond),
            deadline=deadline,
            retries=RetryPolicy(first_delay=1000.0, max_delay=1000.0, jitter=False),
        )
        task = asyncio.create_task(session.call(endpoint(), KWARGS))
        await reached.wait()
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return task.cancelled(), body.closed

    assert asyncio.run(run()) == (True, where == "body")


def test_an_interrupted_thread_leaves_nothing_open() -> None:
    closed: list[bool] = []

    class Interrupted(httpx.SyncByteStream):
        def __iter__(self) -> Any:
            yield b"x"
            raise KeyboardInterrupt

        def close(self) -> None:
            closed.append(True)

    with pytest.raises(KeyboardInterrupt):
        call("sync", [lambda _: httpx.Response(200, stream=Interrupted())])
    assert closed


def test_a_given_client_is_used_as_it_is_and_not_closed() -> None:
    server = Server([answer(headers={"Set-Cookie": "session=1"}, json={"id": 7})])
    hooked: list[str] = []
    client = httpx.Client(
        transport=httpx.MockTransport(server),
        headers={"X-Client": "1", "User-Agent": "theirs", "Accept": "text/csv"},
        params={"p": "1"},
        cookies={"c": "2"},
        timeout=3.0,
        event_hooks={"request": [lambda request: hooked.append(request.method)]},
    )
    session = Session(URL, bearer(), http_client=client)
    for _ in range(2):
        session.call(endpoint(), KWARGS)
    session.close()
    first, second = server.requests
    assert not client.is_closed
    assert hooked == ["POST", "POST"]
    assert [first.headers[name] for name in ("x-client", "user-agent", "accept")] == ["1", "theirs", "text/csv"]
    assert first.url.params["p"] == "1"
    assert [sorted(each.headers["cookie"].split("; ")) for each in (first, second)] == [["c=2"], ["c=2", "session=1"]]
    assert first.extensions["timeout"] == dict.fromkeys(("connect", "read", "write", "pool"), 3.0)
    client.close()


def test_a_given_client_of_tasks_is_not_closed_either() -> None:
    async def run() -> bool:
        async with httpx.AsyncClient(transport=httpx.MockTransport(echo), timeout=3.0) as client:
            session = AsyncSession(URL, bearer(), http_client=client, deadline=2.0)
            assert (await session.call(endpoint(), KWARGS)).parsed == 1
            await session.aclose()
            return client.is_closed

    assert asyncio.run(run()) is False


def test_a_timeout_that_is_given_comes_before_that_of_the_given_client() -> None:
    server = Server([answer()])
    with httpx.Client(transport=httpx.MockTransport(server), timeout=3.0) as client:
        Session(URL, bearer(), http_client=client, timeout=9.0).call(endpoint(), KWARGS)
    assert server.requests[0].extensions["timeout"]["read"] == 9.0


def test_our_own_client_keeps_no_cookies() -> None:
    server = Server([answer(headers={"Set-Cookie": "session=1"}, json={"id": 7})])
    session = Session(URL, bearer(), transport=httpx.MockTransport(server))
    for _ in range(2):
        session.call(endpoint(), KWARGS)
    assert ["cookie" in each.headers for each in server.requests] == [False, False]


def test_the_wrong_kind_of_client_is_refused() -> None:
    given: Any = httpx.AsyncClient()
    with pytest.raises(TypeError, match=r"must be an httpx\.Client;"):
        Session(URL, {}, http_client=given)
    with httpx.Client() as client, pytest.raises(TypeError, match=r"must be an httpx\.AsyncClient;"):
        AsyncSession(URL, {}, http_client=client)  # type: ignore[arg-type]
    with httpx.Client() as client, pytest.raises(ValueError, match="either http_client or transport"):
        Session(URL, {}, http_client=client, transport=httpx.MockTransport(echo))
    with pytest.raises(ValueError, match="either http_client or transport"):
        AsyncSession(URL, {}, http_client=given, transport=httpx.MockTransport(echo))


def test_a_closed_client_says_so() -> None:
    session = Session(URL, bearer(), transport=httpx.MockTransport(echo))
    session.close()
    with pytest.raises(RuntimeError, match="closed"):
        session.call(endpoint(), KWARGS)


def test_one_session_serves_clients_one_after_the_other_without_what_was_before() -> None:
    server = Server([answer(404, text=""), answer()])
    session = Session(URL, bearer(), transport=httpx.MockTransport(server))
    documented = endpoint()
    with pytest.raises(ApiError):
        session.call(documented, {**KWARGS, "headers": {"X-A": "1"}, "params": {"q": "1"}})
    assert session.call(documented, KWARGS).attempts == 1
    assert "x-a" not in server.requests[1].headers
    assert server.requests[1].url.query == b""
