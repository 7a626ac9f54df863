"""Each operation answers each outcome as its spec documents it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest

from specloom.spec import Api, Schemas

from .conftest import SOUTH, Caller, value

Call = Callable[[str], Caller]


@attrs.frozen
class Operation:
    """How to call an operation: validly, invalidly, for a record it does not know, for one in the wrong state."""

    api: str
    id: str
    valid: tuple[str, Any]
    invalid: tuple[str, Any]
    unknown: tuple[str, Any]
    refused: tuple[str, Any]


def _reject(*orders: Any) -> Any:
    return {"orders": list(orders)}


def _other(number: str) -> Any:
    return {"order_id": number, "type": "OTHERS", "reject_reason": "Parcel damaged"}


OPERATIONS = [
    Operation(
        "fuuffy",
        "cancelPickup",
        valid=("/v1/pickup/cancel", {"order_id": "3570990"}),
        invalid=("/v1/pickup/cancel", {"order_id": "35709a"}),
        unknown=("/v1/pickup/cancel", {"order_id": "1"}),
        refused=("/v1/pickup/cancel", {"order_id": "3580001"}),
    ),
    Operation(
        "fuuffy",
        "rejectPickpack",
        valid=("/v1/pickpack/reject", _reject(_other("3550650"))),
        invalid=("/v1/pickpack/reject", _reject()),
        unknown=("/v1/pickpack/reject", _reject(_other("3550650"), _other("1"))),
        refused=("/v1/pickpack/reject", _reject(_other("3560001"))),
    ),
    Operation(
        "fastpod",
        "cancelOrder",
        valid=("/v1/orders/F237-120723-000007/cancel", None),
        invalid=("/v1/orders/F237-120723-000007/cancel?%ff=1", None),
        unknown=("/v1/orders/F237/cancel", None),
        refused=("/v1/orders/F237-120723-000501/cancel", None),
    ),
    Operation(
        "hypertrack",
        "cancelOrder",
        valid=("/orders/order-7/cancel?type=drop&type_index=0&fulfillment_attempt=0", {"metadata": {"a": [None]}}),
        invalid=("/orders/order-7/cancel?type=lift", {}),
        unknown=("/orders/order-7/cancel?type=pick", {}),
        refused=("/orders/order-6001/cancel", None),
    ),
    Operation(
        "ppl",
        "cancelOrder",
        valid=("/order/cancel?orderReference=ORD-000007", {"note": None}),
        invalid=("/order/cancel?orderReference=ORD-000007", {"note": None, "other": 1}),
        unknown=("/order/cancel?orderReference=ORD-000007&customerReference=CUST-000008", None),
        refused=("/order/cancel?customerReference=CUST-000301", None),
    ),
]
EACH = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: f"{each.api}-{each.id}")


def _check(load: Callable[[str], Api], operation: Operation, outcome: str, caller: Caller, reply: Any) -> None:
    """Check that `reply` is what the spec documents for `outcome`: status, media type, schema."""
    api = load(operation.api)
    described = next(each for each in api.operations if each.id == operation.id)
    response = described.responses[described.answers[outcome].status]  # type: ignore[index]
    assert str(reply.status) == response.status
    assert dict(reply.headers)["content-type"] == response.media_types[0].name
    schema = response.media_types[0].schema_pointer
    assert schema is not None
    assert [str(error) for error in Schemas(api.document).errors(schema, value(reply))] == []
    del caller


@EACH
@pytest.mark.parametrize(
    ("request_name", "outcome"),
    [("valid", "success"), ("invalid", "invalid"), ("unknown", "unknown-record"), ("refused", "wrong-state")],
)
def test_an_outcome_is_answered_as_documented(
    load: Callable[[str], Api], call: Call, operation: Operation, request_name: str, outcome: str
) -> None:
    caller = call(operation.api)
    _check(load, operation, outcome, caller, caller.post(*getattr(operation, request_name)))


@EACH
def test_a_second_call_finds_the_record_in_the_wrong_state(
    load: Callable[[str], Api], call: Call, operation: Operation
) -> None:
    caller = call(operation.api)
    caller.post(*operation.valid)
    _check(load, operation, "wrong-state", caller, caller.post(*operation.valid))


@EACH
def test_the_other_tenant_does_not_know_the_record(
    load: Callable[[str], Api], call: Call, operation: Operation
) -> None:
    caller = call(operation.api)
    south = "Basic c2FuZGJveC1zb3V0aDpzYW5kYm94LXNvdXRoLXNlY3JldA==" if operation.api == "hypertrack" else SOUTH
    _check(load, operation, "unknown-record", caller, caller.post(*operation.valid, authorization=south))
    assert caller.post(*operation.valid).status == 200


@EACH
@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer sandbox-north-toke",
        "Bearer sandbox-north-tokenn",
        "Bearer Sandbox-North-Token",
        "Token sandbox-north-token",
        "sandbox-north-token",
        "Basic sandbox-north-token",
        "Basic c2FuZGJveC1ub3J0aA==",
        "Basic c2FuZGJveC1ub3J0aDo=",
        "Basic c2FuZGJveC1ub3J0aDpzYW5kYm94LXNvdXRoLXNlY3JldA==",
    ],
)
def test_wrong_credentials_are_refused(
    load: Callable[[str], Api], call: Call, operation: Operation, authorization: str
) -> None:
    caller = call(operation.api)
    reply = caller.post(*operation.valid, authorization=authorization)
    _check(load, operation, "unauthenticated", caller, reply)
    assert dict(reply.headers)["www-authenticate"].split(" ", 1)[0] in {"Bearer", "Basic"}
    assert caller.post(*operation.valid).status == 200


@pytest.mark.parametrize("operation", OPERATIONS[:2], ids=lambda each: each.id)
def test_a_token_without_the_right_is_forbidden(load: Callable[[str], Api], call: Call, operation: Operation) -> None:
    caller = call(operation.api)
    reply = caller.post(*operation.valid, authorization="Bearer sandbox-north-viewer")
    _check(load, operation, "forbidden", caller, reply)


@EACH
@pytest.mark.parametrize("request_name", ["invalid", "unknown", "refused"])
def test_a_refused_request_changes_nothing(
    load: Callable[[str], Api], call: Call, operation: Operation, request_name: str
) -> None:
    caller = call(operation.api)
    api = load(operation.api)
    before = {kind: caller.states(api, kind) for kind in api.records}
    caller.post(*getattr(operation, request_name))
    assert before == {kind: caller.states(api, kind) for kind in api.records}


@EACH
def test_a_success_changes_the_one_record_as_documented(
    load: Callable[[str], Api], call: Call, operation: Operation
) -> None:
    caller = call(operation.api)
    api = load(operation.api)
    described = next(each for each in api.operations if each.id == operation.id)
    assert described.transition is not None
    kind = described.transition.record
    before = caller.states(api, kind)
    caller.post(*operation.valid)
    after = caller.states(api, kind)
    changed = [key for key in after if after[key] != before[key]]
    assert len(changed) == 1
    state = api.records[kind].state.removeprefix("/")
    assert after[changed[0]][state] == described.transition.to_state
