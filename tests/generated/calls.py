"""A call of each operation of the four packages."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, Final

import attrs

from specloom.spec import Api, Operation

Load = Callable[[str], Api]


@attrs.frozen
class Call:
    """One operation: its API, client class and method, and arguments for one record, none, and one in another state.

    `invalid` is refused by the server, and with `validate=True` before it is sent. A value that is a tuple is the name
    of a model and its JSON.
    """

    api: str
    client: str
    method: str
    operation: str
    live: dict[str, Any]
    unknown: dict[str, Any]
    refused: dict[str, Any]
    invalid: dict[str, Any]


def order(number: str, reason: str = "Parcel damaged") -> dict[str, Any]:
    """Return arguments that reject one order."""
    return {
        "orders": [("OtherRejection", {"order_id": number, "type": "OTHERS", "reject_reason": reason})],
    }


CALLS: Final = [
    Call(
        "fuuffy",
        "Fuuffy",
        "pickup.cancel",
        "cancelPickup",
        live={"order_id": "3571100"},
        unknown={"order_id": "1"},
        refused={"order_id": "3580002"},
        invalid={"order_id": "3571100 "},
    ),
    Call(
        "fuuffy",
        "Fuuffy",
        "pickpack.reject",
        "rejectPickpack",
        live=order("3550800"),
        unknown=order("1"),
        refused=order("3560002"),
        invalid={"orders": []},
    ),
    Call(
        "fastpod",
        "Fastpod",
        "orders.cancel",
        "cancelOrder",
        live={"id": "F237-120723-000150"},
        unknown={"id": "F237/1"},
        refused={"id": "F237-120723-000502"},
        invalid={},
    ),
    Call(
        "hypertrack",
        "HyperTrack",
        "orders.cancel",
        "cancelOrder",
        live={"order_handle": "order-150", "type_": "drop", "metadata": ("Metadata", {"a": [1, None]})},
        unknown={"order_handle": "order-150", "type_": "pick"},
        refused={"order_handle": "order-6002"},
        invalid={"order_handle": "order-150", "type_": "lift"},
    ),
    Call(
        "ppl",
        "PPL",
        "orders.cancel",
        "cancelOrder",
        live={"customer_reference": "CUST-000150", "x_correlation_id": "a-1", "note": None},
        unknown={"order_reference": "CUST-000150"},
        refused={"order_reference": "ORD-000302", "x_log_level": "Debug"},
        invalid={"x_log_level": "Debug"},
    ),
]


def package_of(call: Call) -> Any:
    """Return the package."""
    return importlib.import_module(f"{call.api}_client")


def operation_of(load: Load, call: Call) -> Operation:
    """Return what the spec says of the operation."""
    return next(each for each in load(call.api).operations if each.id == call.operation)


def secrets_of(load: Load, call: Call) -> dict[str, Any]:
    """Return arguments of the client: the credentials of the first tenant of the sandbox."""
    (scheme,) = load(call.api).security_schemes.values()
    credential = scheme.credentials[0]
    found = {"token": credential.token, "user": credential.user, "password": credential.password}
    return {name: value for name, value in found.items() if value is not None}


def arguments_of(call: Call, given: dict[str, Any]) -> dict[str, Any]:
    """Return arguments of the method: `given` with its models made."""
    models = importlib.import_module(f"{call.api}_client.models")

    def made(value: Any) -> Any:
        if isinstance(value, list):
            return [made(each) for each in value]
        return getattr(models, value[0]).from_dict(value[1]) if isinstance(value, tuple) else value

    return {name: made(value) for name, value in given.items()}
