"""Clients whose server, time and chance are in the hands of a test."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import attrs
import httpx

from specloom.generate.runtime.async_session import AsyncSession
from specloom.generate.runtime.clock import Clock
from specloom.generate.runtime.credentials import Credential
from specloom.generate.runtime.endpoint import Endpoint, ErrorAnswer
from specloom.generate.runtime.errors import StatusError
from specloom.generate.runtime.options import CallOptions
from specloom.generate.runtime.responses import RawResponse, Response
from specloom.generate.runtime.session import Session

URL: Final = "https://api.example.com/base"
ADVICE: Final = "give token, or set EXAMPLE_TOKEN"
CANARY: Final = "canary-7f3a9"
KWARGS: Final[dict[str, Any]] = {"method": "post", "url": "/orders/1/cancel"}


class UnprocessableError(StatusError):
    """422."""


class OtherError(StatusError):
    """5XX."""


def member(response: RawResponse) -> int:
    """Read `{"id": 1}` as models do: any other shape trips over something else."""
    value: int = response.json()["id"]
    return value + 0


def endpoint(method: str = "POST", security: tuple[tuple[str, ...], ...] = (("token",),)) -> Endpoint[int]:
    """Return an operation with documented answers for 200, 422 and 5XX."""
    return Endpoint(
        id=f"{method}-{security}",
        method=method,
        path="/orders/{id}/cancel",
        security=security,
        successes={"200": member},
        errors={
            "422": ErrorAnswer(UnprocessableError, lambda response: response.json()["why"]),
            "5XX": ErrorAnswer(OtherError, lambda response: response.text),
        },
    )


@attrs.define
class Time:
    """A clock that stands still but for waits, which it notes; `share` is what it draws by lot."""

    at: float = 1000.0
    share: float = 1.0
    waits: list[float] = attrs.field(factory=list)

    def sleep(self, seconds: float) -> None:
        """Note the wait, and let it pass."""
        self.waits.append(seconds)
        self.at += seconds

    async def sleep_async(self, seconds: float) -> None:
        """Do likewise."""
        self.sleep(seconds)

    @property
    def clock(self) -> Clock:
        """The clock for a session."""
        return Clock(
            monotonic=lambda: self.at,
            now=lambda: self.at,
            share=lambda: self.share,
            sleep=self.sleep,
            sleep_async=self.sleep_async,
        )


Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


@attrs.define
class Server:
    """Gives the answers in turn, the last one again and again; keeps the requests."""

    answers: Sequence[Answer]
    requests: list[httpx.Request] = attrs.field(factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Keep a request, give the next answer."""
        answer = self.answers[min(len(self.requests), len(self.answers) - 1)]
        self.requests.append(request)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, httpx.Response):
            return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)
        return answer(request)


def bearer(*secrets: Any) -> dict[str, Credential]:
    """Return credentials for the scheme `token`."""
    return {"token": Credential("bearer", ADVICE, secrets or (CANARY,))}


def call(
    style: str,
    answers: Iterable[Answer] | Server,
    *,
    operation: Endpoint[int] | None = None,
    kwargs: dict[str, Any] | None = None,
    options: CallOptions | None = None,
    credentials: dict[str, Credential] | None = None,
    time: Time | None = None,
    **client: Any,
) -> Response[int]:
    """Make one call in a `style`, sync or async, of a server that gives `answers`."""
    server = answers if isinstance(answers, Server) else Server(list(answers))
    given = {"transport": httpx.MockTransport(server), "clock": (time or Time()).clock, **client}
    known = bearer() if credentials is None else credentials
    asked = KWARGS if kwargs is None else kwargs
    if style == "sync":
        session = Session(URL, known, **given)
        try:
            return session.call(operation or endpoint(), asked, options)
        finally:
            session.close()

    async def run() -> Response[int]:
        tasks = AsyncSession(URL, known, **given)
        try:
            return await tasks.call(operation or endpoint(), asked, options)
        finally:
            await tasks.aclose()

    return asyncio.run(run())


def answer(status: int = 200, **given: Any) -> httpx.Response:
    """Return an answer; that to a success if nothing else is given."""
    return httpx.Response(status, **(given or {"json": {"id": 7}}))
