"""Answer the ordinary requests of a connection of uvicorn's at once, without ASGI and a task for each."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Generator
from types import coroutine as awaitable_generator
from typing import Any, Final, TypeVar

from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from specloom.sandbox.app import Sandbox
from specloom.sandbox.control import PREFIX
from specloom.sandbox.damage import TRANSPORT
from specloom.sandbox.message import Reply, Request, problem, raw_head

_PREFIX: Final = PREFIX.encode()
_NOBODY_WAITS: Final = asyncio.Event()
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class _Answering:
    """A request that is being answered, with what uvicorn asks of its own `RequestResponseCycle`."""

    __slots__ = ("body", "disconnected", "keep_alive", "method", "response_complete", "target")

    message_event = _NOBODY_WAITS
    response_started = False

    def __init__(self, method: str, target: str) -> None:
        self.method = method
        self.target = target
        self.body = b""
        self.disconnected = False
        self.response_complete = False
        self.keep_alive = True


class DirectProtocol(HttpToolsProtocol):
    """Hands requests for operations to the sandbox as soon as they are read, and writes what it answers.

    Whatever needs more than that goes through ASGI: the control plane, the console, `Prefer`, `Expect`, the last
    request of a connection, and all requests that come before the one in front of them is answered.
    """

    cycle: Any
    tasks: set[asyncio.Task[Any]]

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        """Take what uvicorn gives."""
        super().__init__(config, server_state, app_state, _loop)
        # What tests wrap around a sandbox is an application, and need not be one itself.
        app = config.loaded_app
        self._sandbox: Sandbox | None = app if isinstance(app, Sandbox) else None

    def on_message_begin(self) -> None:
        """Start to read a request."""
        self.url = b""
        self.headers = []
        self.expect_100_continue = False

    def on_headers_complete(self) -> None:
        """Decide how the request is answered."""
        if self._is_ordinary():
            self.cycle = _Answering(self.parser.get_method().decode("ascii"), self.url.decode("ascii"))
            return
        url, headers, expects = self.url, self.headers, self.expect_100_continue
        super().on_message_begin()
        self.url, self.expect_100_continue = url, expects
        self.headers.extend(headers)
        extensions: Any = {TRANSPORT: self.transport}
        self.scope["extensions"] = extensions
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a part of the body."""
        if type(self.cycle) is _Answering:
            self.cycle.body += body
        else:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Answer the request that has been read."""
        if type(self.cycle) is _Answering:
            self._answer(self.cycle)
        else:
            super().on_message_complete()

    def _is_ordinary(self) -> bool:
        url, before = self.url, self.cycle
        return (
            self._sandbox is not None
            and (before is None or before.response_complete)
            and url[:1] == b"/"
            and len(url) > 1
            and not url.startswith(_PREFIX)
            and url.isascii()
            and b"#" not in url
            and b"__" not in url  # as in `__delay`, which says what `Prefer` does
            and not self.expect_100_continue
            and not self.flow.write_paused
            and self.parser.get_http_version() == "1.1"
            and self.parser.should_keep_alive()
            and not self.parser.should_upgrade()
            and not any(name == b"prefer" for name, _ in self.headers)
        )

    def _answer(self, cycle: _Answering) -> None:
        sandbox = self._sandbox
        if sandbox is None:  # pragma: no cover - no request is ordinary then
            return
        path, _, query = cycle.target.partition("?")
        headers = tuple([(name.decode("latin-1"), value.decode("latin-1")) for name, value in self.headers])
        peer = self.client[0] if self.client else None
        handling = sandbox.handle(Request(cycle.method, path, query, headers, cycle.body, peer))
        if sandbox.starts_anywhere:
            try:
                begun = _begin(handling, self.loop)
            except Exception as error:  # noqa: BLE001 - whatever it is, the connection has to go on
                begun = _failure(error)
            if isinstance(begun, Reply):
                self._write(cycle, begun)
                return
        else:
            begun = self.loop.create_task(handling)
        self.tasks.add(begun)
        begun.add_done_callback(lambda task: self._answered(cycle, task))

    def _answered(self, cycle: _Answering, task: asyncio.Task[Reply]) -> None:
        self.tasks.discard(task)
        if not task.cancelled():
            error = task.exception()
            self._write(cycle, task.result() if error is None else _failure(error))

    def _write(self, cycle: _Answering, reply: Reply) -> None:
        if cycle.disconnected or self.transport.is_closing():
            return
        head = raw_head(reply, self.server_state.default_headers, is_last=not cycle.keep_alive)
        self.transport.write(head if cycle.method == "HEAD" else head + reply.body)
        cycle.response_complete = True
        if not cycle.keep_alive:
            self.transport.close()
        self.on_response_complete()


def _failure(error: BaseException) -> Reply:
    _log.error("an answer failed", exc_info=error)
    return problem(500, "the sandbox failed; what happened stands in its log")


def _begin(coroutine: Coroutine[Any, Any, _T], loop: asyncio.AbstractEventLoop) -> _T | asyncio.Task[_T]:
    """Run a coroutine until it waits for something; return what it returns, or the task that goes on with it."""
    try:
        awaited = coroutine.send(None)
    except StopIteration as end:
        value: _T = end.value
        return value
    return loop.create_task(_go_on(coroutine, awaited))


async def _go_on(coroutine: Coroutine[Any, Any, _T], awaited: Any) -> _T:
    return await _rest(coroutine, awaited)


@awaitable_generator
def _rest(coroutine: Coroutine[Any, Any, _T], awaited: Any) -> Generator[Any, Any, _T]:
    """Wait for what a coroutine waits for, in its place, until it ends."""
    while True:
        sent, raised = None, None
        try:
            sent = yield awaited
        except BaseException as error:  # noqa: BLE001 - all of them are for the coroutine, cancellation above all
            raised = error
        try:
            awaited = coroutine.send(sent) if raised is None else coroutine.throw(raised)
        except StopIteration as end:
            value: _T = end.value
            return value
