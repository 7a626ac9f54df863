"""The names that the title, the tags, the operationIds and the statuses of a spec give to a client."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from specloom.generate.facade.naming import class_name, method_names
from specloom.generate.facade.statuses import error_class
from specloom.spec import load_api

Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("FastPOD", "Fastpod"),
        ("pet store", "PetStore"),
        ("Pet-Store (v2)", "PetStoreV2"),
        ("Česká pošta", "ČeskáPošta"),
        ("3D prints", "Api3dPrints"),
        ("none", "ApiNone"),
        ("…", "Pets"),
    ],
)
def test_the_title_names_the_class(write: Write, title: str, name: str) -> None:
    api = load_api(write("pets", lambda document: document["info"].update(title=title)))
    assert class_name(api) == name


@pytest.mark.parametrize(("x_name", "name"), [("PetStore", "PetStore"), ("None", "Pets")])
def test_the_class_is_named_by_the_spec_unless_it_is_a_keyword(write: Write, x_name: str, name: str) -> None:
    api = load_api(write("pets", lambda document: document["info"].update({"x-name": x_name})))
    assert class_name(api) == name


def _names(write: Write, tag: str, *operations: str | tuple[str, str]) -> list[str]:
    (operation,) = load_api(write("pets")).operations
    made = []
    for each in operations:
        identifier, x_name = each if isinstance(each, tuple) else (each, None)
        made.append(attrs.evolve(operation, id=identifier, tag=tag, method_name=x_name))
    return list(method_names(made).values())


@pytest.mark.parametrize(
    ("tag", "operations", "names"),
    [
        ("orders", ["cancelOrder"], ["cancel"]),
        ("order", ["listOrders"], ["list"]),
        ("boxes", ["openBox"], ["open"]),
        ("deliveries", ["getDelivery"], ["get"]),
        ("pickup orders", ["cancelPickupOrder"], ["cancel"]),
        ("pets", ["change-pets"], ["change"]),
        ("orders", ["orders"], ["orders"]),
        ("orders", ["importOrders"], ["import_orders"]),
        ("orders", ["cancelOrder", "cancelOrders"], ["cancel_order", "cancel_orders"]),
        ("orders", ["cancelOrder", ("stopOrder", "cancel")], ["cancel_order", "cancel"]),
        ("orders", [("cancelOrder", "stop_now")], ["stop_now"]),
        ("orders", [("cancelOrder", "class")], ["cancel"]),
        ("orders", ["get2Orders"], ["get_2"]),
        ("orders", ["2orders"], ["n2orders"]),
        ("orders", ["get", "getWithResponse"], ["get", "get_with_response_"]),
        ("orders", ["getWithResponse", "get"], ["get_with_response", "get_"]),
    ],
)
def test_the_operation_names_the_method(write: Write, tag: str, operations: list[Any], names: list[str]) -> None:
    assert _names(write, tag, *operations) == names


@pytest.mark.parametrize(
    ("status", "name"),
    [
        ("401", "UnauthorizedError"),
        ("404", "NotFoundError"),
        ("408", "RequestTimeoutError"),
        ("413", "ContentTooLargeError"),
        ("418", "ImATeapotError"),
        ("422", "UnprocessableEntityError"),
        ("500", "InternalServerError"),
        ("304", "NotModifiedError"),
        ("599", "Status599Error"),
        ("4XX", "Status4XXError"),
        ("default", "OtherStatusError"),
    ],
)
def test_the_status_names_the_error(status: str, name: str) -> None:
    assert error_class(status) == name
