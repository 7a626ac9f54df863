"""The transport for tests answers from the examples of the spec, and says what there is when asked for what is not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest

from specloom.spec import Api, Operation

APIS = ("fastpod", "fuuffy", "hypertrack", "ppl")


@pytest.fixture
def transport(packages: Path) -> Callable[[str], Any]:
    """Make the transport of the package of an API."""
    assert packages.is_dir()
    return lambda api: import_module(f"{api}_client.testing").ExampleTransport()


def _call(transport: Any, operation: Operation, **options: Any) -> httpx.Response:
    with httpx.Client(transport=transport, base_url="https://example.test/some/base") as client:
        return client.request(operation.method, operation.path.replace("{", "x").replace("}", ""), **options)


def _documented(api: Api) -> list[tuple[Operation, int, str, Any]]:
    return [
        (operation, int(status), example.name, example.value)
        for operation in api.operations
        for status, response in operation.responses.items()
        for media_type in response.media_types
        for example in media_type.examples
    ]


@pytest.mark.parametrize("name", APIS)
def test_the_first_success_answers(load: Callable[[str], Api], transport: Callable[[str], Any], name: str) -> None:
    for operation in load(name).operations:
        status = next(status for status in operation.responses if status.startswith("2"))
        example = operation.responses[status].example()
        assert example is not None
        response = _call(transport(name), operation)
        assert (response.status_code, response.json()) == (int(status), example.value)


@pytest.mark.parametrize("name", APIS)
def test_every_example_can_be_asked_for(load: Callable[[str], Api], transport: Callable[[str], Any], name: str) -> None:
    documented = _documented(load(name))
    assert documented
    for operation, status, example, value in documented:
        for chosen in ({"status": status, "example": example}, {"example": example}):
            answering = transport(name)
            answering.reply(operation.id, **chosen)
            response = _call(answering, operation)
            assert (response.status_code, response.json()) == (status, value)
            (media_type,) = (each.name for each in operation.responses[str(status)].media_types)
            assert response.headers["content-type"] == media_type


def test_operations_are_named_as_in_the_client(transport: Callable[[str], Any], load: Callable[[str], Api]) -> None:
    cancel, reject = load("fuuffy").operations
    answering = transport("fuuffy")
    answering.reply("pickup.cancel", status=404)
    assert _call(answering, cancel).status_code == 404
    assert _call(answering, reject).status_code == 200
    assert [each.operation for each in answering.requests] == ["pickup.cancel", "pickpack.reject"]


def test_answers_in_a_queue_come_before_the_lasting_one(
    transport: Callable[[str], Any], load: Callable[[str], Api]
) -> None:
    (operation,) = load("ppl").operations
    answering = transport("ppl")
    answering.reply(status=503, headers={"Retry-After": "1"}, times=2)
    answering.reply(status=500, times=1)
    answering.reply(status=400)
    answers = [_call(answering, operation) for _ in range(5)]
    assert [each.status_code for each in answers] == [503, 503, 500, 400, 400]
    assert [each.headers.get("retry-after") for each in answers] == ["1", "1", None, None, None]
    answering.reset()
    assert (_call(answering, operation).status_code, len(answering.requests)) == (200, 1)


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError])
def test_errors_of_the_connection_are_raised_as_httpx_raises_them(
    transport: Callable[[str], Any], load: Callable[[str], Api], error: type[httpx.TransportError]
) -> None:
    (operation,) = load("fastpod").operations
    answering = transport("fastpod")
    answering.fail("orders.cancel", error, times=1)
    with pytest.raises(error):
        _call(answering, operation)
    assert _call(answering, operation).status_code == 200
    assert len(answering.requests) == 2


@pytest.mark.parametrize(
    ("status", "body", "content", "media_type"),
    [
        (418, {"a": 1}, b'{"a": 1}', "application/json"),
        (200, b"\xff", b"\xff", "application/json"),
        (400, "<html>", b"<html>", "application/problem+json"),
    ],
)
def test_a_body_of_ones_own_is_answered_with_any_status(
    transport: Callable[[str], Any],
    load: Callable[[str], Api],
    status: int,
    body: object,
    content: bytes,
    media_type: str,
) -> None:
    (operation,) = load("ppl").operations
    answering = transport("ppl")
    answering.reply(status=status, body=body)
    response = _call(answering, operation)
    assert (response.status_code, response.content) == (status, content)
    assert response.headers["content-type"] == media_type


def test_what_is_not_there_is_said_with_what_there_is(transport: Callable[[str], Any]) -> None:
    answering = transport("fastpod")
    with pytest.raises(LookupError, match=r"no operation 'orders.drop'; there are orders.cancel$"):
        answering.reply("orders.drop")
    with pytest.raises(LookupError, match=r"orders.cancel documents no status 404; there are 200, 401, 422, 500"):
        answering.reply("orders.cancel", status=404)
    with pytest.raises(LookupError, match=r"orders.cancel has no example 'gone'; there are .*cancelled \(200\)"):
        answering.reply("orders.cancel", example="gone")
    with pytest.raises(LookupError, match=r"no operation 'x'"):
        answering.fail("x")


@pytest.mark.parametrize("path", ["/v1/orders", "/v1/orders//cancel", "/", "/v2/orders/1/cancel"])
def test_a_request_of_no_operation_is_said_so(transport: Callable[[str], Any], path: str) -> None:
    with (
        httpx.Client(transport=transport("fastpod"), base_url="https://example.test") as client,
        pytest.raises(LookupError, match=r"is no operation; there are \w+ /v1/orders/\{id\}/cancel"),
    ):
        client.post(path)


def test_requests_are_recorded_without_credentials(transport: Callable[[str], Any], load: Callable[[str], Api]) -> None:
    operation = load("fuuffy").operations[0]
    answering = transport("fuuffy")
    headers = {"Authorization": "Bearer canary-1", "Cookie": "session=canary-2", "X-Trace": "7"}
    _call(answering, operation, headers=headers, json={"order_id": "A"}, params={"a": "b"}, auth=None)
    (request,) = answering.requests
    assert (request.method, request.json, request.params["a"]) == ("POST", {"order_id": "A"}, "b")
    assert request.url.startswith("https://example.test/some/base/")
    assert request.headers["authorization"] == "Bearer [redacted]"
    assert (request.headers["cookie"], request.headers["x-trace"]) == ("[redacted]", "7")
    assert "canary" not in repr(request)


def test_a_password_is_not_recorded(transport: Callable[[str], Any], load: Callable[[str], Api]) -> None:
    (operation,) = load("hypertrack").operations
    answering = transport("hypertrack")
    _call(answering, operation, auth=("someone", "canary"))
    (request,) = answering.requests
    assert (request.headers["authorization"], request.json) == ("Basic [redacted]", None)


def test_async_clients_are_answered_alike(transport: Callable[[str], Any], load: Callable[[str], Api]) -> None:
    (operation,) = load("fastpod").operations
    answering = transport("fastpod")

    async def call() -> httpx.Response:
        async with httpx.AsyncClient(transport=answering, base_url="https://example.test") as client:
            return await client.request(operation.method, "/v1/orders/1/cancel", json={})

    assert asyncio.run(call()).json() == _call(answering, operation).json()
    assert [each.json for each in answering.requests] == [{}, None]
