"""The sandbox as an ASGI application (ASGI 3.0, HTTP only)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from specloom.sandbox.alternatives import Alternatives, told_apart
from specloom.sandbox.console import Snippets, wants_page
from specloom.sandbox.control import PREFIX, Access, ControlPlane, EventStream
from specloom.sandbox.damage import send_damaged
from specloom.sandbox.exchange import Exchange, Redactor
from specloom.sandbox.limits import LIMITS
from specloom.sandbox.message import Reply, Request, json_reply, problem
from specloom.sandbox.operation import OperationHandler
from specloom.sandbox.responses import RETRY_AFTER
from specloom.sandbox.routing import Router
from specloom.sandbox.store import Store, StoreError, open_store
from specloom.spec import Api
from specloom.spec.sampling import Contradictions

_Event = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Event]]
_Send = Callable[[_Event], Awaitable[None]]
_log = logging.getLogger(__name__)


class _BodyTooLargeError(Exception):
    """The body of a request is longer than the sandbox takes."""


class _GoneError(Exception):
    """The caller went away before it had sent its request."""


class Sandbox:
    """Serves each API under `/<name>`, the only one at `/` as well, and the control plane under `/_sandbox/`."""

    def __init__(
        self,
        apis: Iterable[Api],
        store: Store | None = None,
        *,
        control_token: str | None = None,
        snippets: Snippets | None = None,
    ) -> None:
        """Take the APIs to serve and the store for their records, by default a new one in memory.

        `control_token` lets other machines use the control plane; `snippets` writes the code that the console shows.
        """
        by_name = {api.name: api for api in apis}
        self._store = store or open_store()
        schemas = {name: api.schemas for name, api in by_name.items()}
        self._routers: dict[str, Router[OperationHandler | Alternatives]] = {}
        for name, api in by_name.items():
            self._store.seed(api)
            contradictions = Contradictions(api)
            self._routers[name] = Router(
                told_apart(
                    (operation.path, operation.method, OperationHandler(api, operation, contradictions, self._store))
                    for operation in api.operations
                )
            )
        self._redactor = Redactor(by_name.values())
        self._control = ControlPlane(by_name, schemas, self._store, Access(control_token), snippets)
        # An operation at the root takes the place of the console there.
        only = next(iter(self._routers.values())).find("/") if len(by_name) == 1 else None
        self._has_root = only is not None and only.route.target("GET") is not None

    @property
    def starts_anywhere(self) -> bool:
        """Whether `handle` may be started outside of a task, as its store waits for nothing but futures."""
        return self._store.starts_anywhere

    async def __call__(self, scope: _Event, receive: _Receive, send: _Send) -> None:
        """Answer one HTTP request; anything else that a server may ask for is refused as ASGI has it."""
        if scope["type"] != "http":
            raise NotImplementedError(f"the sandbox does not serve {scope['type']}")
        try:
            request = await _request(scope, receive)
        except _BodyTooLargeError:
            reply = problem(413, f"a body may have {LIMITS.body} bytes", headers=[("connection", "close")])
        except _GoneError:
            return
        else:
            reply = await self.handle(request)
        if isinstance(reply, EventStream):
            await reply.respond(receive, send)
            return
        if reply.damage is not None:
            await send_damaged(reply, scope, receive, send)
            return
        if reply.delay:
            await asyncio.sleep(reply.delay)
        await _respond(reply, send, head=scope["method"] == "HEAD")

    def close_streams(self) -> None:
        """Let the answers end that go on until somebody leaves; a server that stops calls this first."""
        self._control.close()

    async def handle(self, request: Request) -> Reply:
        """Return the answer to `request`.

        The journal has both by then, or soon, but nothing of the control plane and the console.
        """
        if request.path.startswith(PREFIX):
            try:
                return await self._control.handle(request)
            except StoreError as error:
                _log.warning("the database failed: %s", error)
                return problem(503, "the sandbox cannot use its database at the moment", headers=[RETRY_AFTER])
        if request.path == "/" and not self._has_root and wants_page(request):
            return self._control.console(request)
        exchange = Exchange(request, self._redactor)
        reply = await self._route(exchange)
        if not exchange.is_written:
            await self._store.write(exchange.entry(reply))
        return reply

    async def close(self) -> None:
        """Write what is still to be written, and close the store."""
        await self._store.close()

    async def _route(self, exchange: Exchange) -> Reply:
        request = exchange.request
        _, _, rest = request.path.partition("/")
        name, _, path = rest.partition("/")
        if name in self._routers:
            match = self._routers[name].find(f"/{path}")
        elif len(self._routers) == 1:
            match = next(iter(self._routers.values())).find(request.path)
        elif request.path == "/":
            return json_reply(200, {"apis": {name: f"/{name}" for name in self._routers}})
        else:
            match = None
        if match is None:
            return problem(404, f"no operation has the path {request.path[:200]}")
        handler = match.route.target(request.method)
        if handler is not None:
            return await handler.handle(exchange, match.values)
        allowed = ("allow", match.route.allow)
        if request.method == "OPTIONS":
            return Reply(204, (allowed,))  # RFC 9110, 9.3.7
        return problem(405, f"use {match.route.allow}", headers=[allowed])


async def _request(scope: _Event, receive: _Receive) -> Request:
    """Read a whole request. Raises _BodyTooLargeError, _GoneError."""
    body, more = b"", True
    while more:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise _GoneError
        body += event.get("body", b"")
        if len(body) > LIMITS.body:
            raise _BodyTooLargeError
        more = event.get("more_body", False)
    # raw_path keeps what was percent-encoded apart from what was not; ASGI lets a server leave it out.
    raw_path = scope.get("raw_path") or scope["path"].encode()
    return Request(
        scope["method"],
        raw_path.decode("latin-1"),
        scope["query_string"].decode("latin-1"),
        tuple([(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]),
        body,
        scope["client"][0] if scope.get("client") else None,
    )


async def _respond(reply: Reply, send: _Send, *, head: bool) -> None:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in reply.headers]
    if reply.status not in {204, 304}:  # those have no length (RFC 9110, 8.6)
        headers.append((b"content-length", str(len(reply.body)).encode()))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if head else reply.body})
