"""The generated clients, driven against the running sandbox: success, each documented error, a second cancel."""

from __future__ import annotations

import asyncio
import base64
import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest

from specloom.spec import Api

Load = Callable[[str], Api]


@attrs.frozen
class Call:
    """One operation: its API, the module of its function, and arguments for one record, none, and one in another state.

    `body` names the model of the request body and gives its JSON value.
    """

    api: str
    module: str
    operation: str
    live: dict[str, Any]
    unknown: dict[str, Any]
    refused: dict[str, Any]
    invalid: dict[str, Any]
    model: str | None = None


def _order(number: str, **members: Any) -> dict[str, Any]:
    return {"body": {"orders": [{"order_id": number, "type": "OTHERS", "reject_reason": "Parcel damaged", **members}]}}


CALLS = [
    Call(
        "fuuffy",
        "pickup.cancel_pickup",
        "cancelPickup",
        live={"body": {"order_id": "3571100"}},
        unknown={"body": {"order_id": "1"}},
        refused={"body": {"order_id": "3580002"}},
        invalid={"body": {"order_id": "3571100 "}},
        model="PickupCancelRequest",
    ),
    Call(
        "fuuffy",
        "pickpack.reject_pickpack",
        "rejectPickpack",
        live=_order("3550800"),
        unknown=_order("1"),
        refused=_order("3560002"),
        invalid={"body": {"orders": []}},
        model="PickpackRejectRequest",
    ),
    Call(
        "fastpod",
        "orders.cancel_order",
        "cancelOrder",
        live={"id": "F237-120723-000150"},
        unknown={"id": "F237/1"},
        refused={"id": "F237-120723-000502"},
        invalid={"id": "F237 1"},
    ),
    Call(
        "hypertrack",
        "orders.cancel_order",
        "cancelOrder",
        live={"order_handle": "order-150", "type_": "drop", "type_index": 0, "body": {"metadata": {"a": [1, None]}}},
        unknown={"order_handle": "order-150", "type_": "pick"},
        refused={"order_handle": "order-6002"},
        invalid={"order_handle": "order-150", "type_": "lift"},
        model="OrderCancelRequest",
    ),
    Call(
        "ppl",
        "orders.cancel_order",
        "cancelOrder",
        live={"customer_reference": "CUST-000150", "x_correlation_id": "a-1", "body": {"note": None}},
        unknown={"order_reference": "CUST-000150"},
        refused={"order_reference": "ORD-000302", "x_log_level": "Debug"},
        invalid={"x_log_level": "Debug"},
        model="OrderCancelRequest",
    ),
]
EACH = pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.api}-{call.operation}")
BOTH = pytest.mark.parametrize("style", ["sync", "async"])


@pytest.fixture(scope="module", autouse=True)
def _importable(root: Path) -> Iterator[None]:
    """Let the packages be imported as if they were installed."""
    folders = [str(path.parent) for path in sorted((root / "generated").glob("*/*_client"))]
    sys.path[:0] = folders
    yield
    for folder in folders:
        sys.path.remove(folder)


def _client(call: Call, url: str, **headers: str) -> Any:
    """Make a client with the credentials of the first tenant, or with `token=` another one."""
    package = importlib.import_module(f"{call.api}_client")
    token, prefix = headers.pop("token", "sandbox-north-token"), "Bearer"
    if call.api == "hypertrack":
        token, prefix = base64.b64encode(b"sandbox-north:sandbox-north-secret").decode(), "Basic"
    return package.AuthenticatedClient(base_url=f"{url}/{call.api}", token=token, prefix=prefix, headers=headers)


def _send(call: Call, style: str, client: Any, arguments: dict[str, Any]) -> Any:
    """Call the operation with `arguments`, whose body is made a model first; return the detailed response."""
    function = importlib.import_module(f"{call.api}_client.api.{call.module}")
    models = importlib.import_module(f"{call.api}_client.models")
    if "body" in arguments:
        assert call.model is not None
        arguments = {**arguments, "body": getattr(models, call.model).from_dict(arguments["body"])}
    if style == "sync":
        with client:
            return function.sync_detailed(client=client, **arguments)
    return asyncio.run(_send_async(function, client, arguments))


async def _send_async(function: Any, client: Any, arguments: dict[str, Any]) -> Any:
    async with client:
        return await function.asyncio_detailed(client=client, **arguments)


def _documented(load: Load, call: Call, outcome: str) -> str:
    operation = next(each for each in load(call.api).operations if each.id == call.operation)
    return operation.answers[outcome].status  # type: ignore[index]


@EACH
@BOTH
def test_a_success_is_parsed(load: Load, sandbox_url: str, call: Call, style: str) -> None:
    response = _send(call, style, _client(call, sandbox_url), call.live)
    assert str(response.status_code.value) == _documented(load, call, "success")
    assert response.parsed.to_dict().keys() == httpx.Response(200, content=response.content).json().keys()


@EACH
@BOTH
def test_a_second_call_is_refused_as_documented(load: Load, sandbox_url: str, call: Call, style: str) -> None:
    _send(call, style, _client(call, sandbox_url), call.live)
    response = _send(call, style, _client(call, sandbox_url), call.live)
    assert str(response.status_code.value) == _documented(load, call, "wrong-state")
    assert response.parsed is not None


@EACH
@BOTH
@pytest.mark.parametrize(
    ("arguments", "outcome"),
    [("unknown", "unknown-record"), ("refused", "wrong-state")],
)
def test_a_documented_refusal_is_parsed(
    load: Load, sandbox_url: str, call: Call, style: str, arguments: str, outcome: str
) -> None:
    response = _send(call, style, _client(call, sandbox_url), getattr(call, arguments))
    assert str(response.status_code.value) == _documented(load, call, outcome)
    assert type(response.parsed).__name__.endswith(("Response", "Details"))


@EACH
@BOTH
def test_an_invalid_request_is_parsed_as_the_documented_error(
    load: Load, sandbox_url: str, call: Call, style: str
) -> None:
    response = _send(call, style, _client(call, sandbox_url), call.invalid)
    assert str(response.status_code.value) == _documented(load, call, "invalid")
    assert response.parsed is not None


@EACH
@BOTH
def test_wrong_credentials_are_parsed_as_the_documented_error(
    load: Load, sandbox_url: str, call: Call, style: str
) -> None:
    client = _client(call, sandbox_url).with_headers({"Authorization": "Bearer wrong"})
    client = attrs.evolve(client, token="wrong")  # noqa: S106 - the point is that it is wrong
    response = _send(call, style, client, call.live)
    assert str(response.status_code.value) == _documented(load, call, "unauthenticated")
    assert response.parsed is not None


@pytest.mark.parametrize("call", CALLS[:2], ids=lambda call: call.operation)
@BOTH
def test_a_token_without_the_right_is_parsed_as_the_documented_error(
    load: Load, sandbox_url: str, call: Call, style: str
) -> None:
    client = _client(call, sandbox_url, token="sandbox-north-viewer")  # noqa: S106 - one that the spec publishes
    response = _send(call, style, client, call.live)
    assert str(response.status_code.value) == _documented(load, call, "forbidden")
    assert response.parsed.error.code == "403000"


@EACH
@BOTH
def test_every_documented_status_is_parsed(load: Load, sandbox_url: str, call: Call, style: str) -> None:
    operation = next(each for each in load(call.api).operations if each.id == call.operation)
    parsed = {}
    for status in operation.responses:
        response = _send(call, style, _client(call, sandbox_url, Prefer=f"code={status}"), call.live)
        assert str(response.status_code.value) == status
        parsed[status] = response.parsed
    assert len(parsed) >= 3
    assert None not in parsed.values()
