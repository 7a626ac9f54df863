"""A transport for httpx that answers in memory, from the examples of the API."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, Final

import httpx

from specloom.generate.testing.examples import Answer, Operation, examples
from specloom.generate.testing.recording import RecordedRequest, recorded

_NOT_GIVEN: Final = object()
_Act = Callable[[httpx.Request], httpx.Response]


class ExampleTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers each request, of a sync or an async client, with an example, and records it.

    An operation answers with the first example of its first success unless `reply` or `fail` say otherwise. Operations
    are named as in the client (`orders.cancel`) or by their operationId; without a name, all are meant.
    """

    def __init__(self) -> None:
        """Start without any request, every operation answering with its success."""
        self.requests: list[RecordedRequest] = []
        self._always: dict[str, _Act] = {}
        self._next: dict[str, deque[_Act]] = {}
        self._lock = Lock()

    def reply(  # noqa: PLR0913 - all but the first are named, and few are given at once
        self,
        operation: str | None = None,
        *,
        status: int | None = None,
        example: str | None = None,
        body: Any = _NOT_GIVEN,
        headers: Mapping[str, str] | None = None,
        times: int | None = None,
    ) -> None:
        """Answer `operation` with an example, chosen by status, by name or by both, or with `body`.

        Args:
            operation: Its name in the client or its operationId; None for all operations.
            status: The status; with `body` any at all (default 200), else one that the API documents.
            example: The name of the example.
            body: Bytes or text to answer as they are, or a value to answer as JSON.
            headers: Header fields to add, or to put in place of others.
            times: For how many requests, after those that were asked for before; None for all from then on.

        Raises:
            ExampleError: There is no such operation, status or example; the message lists those that there are.

        """
        for each in examples().named(operation):
            answer = each.answer(status, example) if body is _NOT_GIVEN else _own(each, status or 200, body)
            self._plan(each, _answering(answer, headers or {}), times)

    def fail(
        self,
        operation: str | None = None,
        error: type[httpx.TransportError] = httpx.ConnectError,
        *,
        times: int | None = None,
    ) -> None:
        """Raise `error` when `operation` is called, as httpx does when there is no connection or no answer in time.

        With `httpx.ConnectError` and `httpx.ConnectTimeout` nothing was sent; with `httpx.ReadTimeout` and
        `httpx.ReadError` the request may have been applied. `operation` and `times` are as in `reply`; raises
        ExampleError as that does.
        """
        for each in examples().named(operation):
            self._plan(each, _failing(error), times)

    def reset(self) -> None:
        """Forget the requests and all that `reply` and `fail` asked for."""
        with self._lock:
            self.requests.clear()
            self._always.clear()
            self._next.clear()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of a sync client."""
        request.read()
        return self._handle(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of an async client."""
        await request.aread()
        return self._handle(request)

    def _plan(self, operation: Operation, act: _Act, times: int | None) -> None:
        with self._lock:
            if times is None:
                self._always[operation.id] = act
            else:
                self._next.setdefault(operation.id, deque()).extend([act] * times)

    def _handle(self, request: httpx.Request) -> httpx.Response:
        known = examples()
        operation = known.matching(request.method, request.url.raw_path.decode("ascii").partition("?")[0])
        with self._lock:
            self.requests.append(recorded(operation.name, request, known.credentials))
            queue = self._next.get(operation.id)
            act = queue.popleft() if queue else self._always.get(operation.id)
        return (act or _answering(operation.answer(None, None), {}))(request)


def _answering(answer: Answer, headers: Mapping[str, str]) -> _Act:
    fields = httpx.Headers(dict(answer.headers))
    fields.update(dict(headers))
    return lambda request: httpx.Response(answer.status, headers=fields, content=answer.content, request=request)


def _failing(error: type[httpx.TransportError]) -> _Act:
    def fail(request: httpx.Request) -> httpx.Response:
        raise error("asked for by the test", request=request)

    return fail


def _own(operation: Operation, status: int, body: Any) -> Answer:
    media_type = operation.media_type(status)
    content = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    return Answer(status, {} if media_type is None else {"Content-Type": media_type}, content)
