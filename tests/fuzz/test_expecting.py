"""A request that is valid by its schemas is expected to be refused when the spec's rules and records say so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from specloom.fuzz.expecting import is_certain, refusal
from specloom.fuzz.live import Parts
from specloom.spec import Api

Load = Callable[[str], Api]


def _known(*values: str) -> Callable[[Mapping[str, Any]], Mapping[str, Any] | None]:
    record = {"declarations": [{"sku": "A", "bar_code_eid": "1"}, {"sku": "B", "bar_code_eid": "2"}]}
    return lambda given: record if any(value in values for value in given.values()) else None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, "invalid"),
        ({"customerReference": "CUST-1"}, None),
        ({"orderReference": "nowhere"}, "unknown-record"),
        ({"customerReference": ""}, "unknown-record"),
    ],
)
def test_one_of_two_references_must_be_given_and_known(load: Load, query: dict[str, str], expected: str | None) -> None:
    (operation,) = load("ppl").operations
    assert refusal(operation, {"request.query": query}, _known("CUST-1")) == expected


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        (["1", "2"], None),
        (["1", "3"], "unknown-record"),
        (["1", "1"], "invalid"),
        (["3", "3"], "invalid"),
    ],
)
def test_each_order_of_a_batch_must_be_known_and_named_once(
    load: Load, orders: list[str], expected: str | None
) -> None:
    operation = next(each for each in load("fuuffy").operations if each.id == "rejectPickpack")
    scope = {"request.body": {"orders": [{"order_id": order} for order in orders]}}
    assert refusal(operation, scope, _known("1", "2")) == expected


@pytest.mark.parametrize(
    ("sku", "code", "order", "expected"),
    [
        ("A", "1", "1", None),
        ("A", "2", "1", "invalid"),
        ("A", "2", "9", "unknown-record"),
    ],
)
def test_items_must_be_those_of_the_order(load: Load, sku: str, code: str, order: str, expected: str | None) -> None:
    operation = next(each for each in load("fuuffy").operations if each.id == "rejectPickpack")
    detail = {"parcel_list": [{"declaration_list": [{"sku": sku, "bar_code_eid": code, "more": True}]}]}
    scope = {"request.body": {"orders": [{"order_id": order, "shipment_detail": detail}]}}
    assert refusal(operation, scope, _known("1")) == expected


@pytest.mark.parametrize(
    ("location", "name", "query", "certain"),
    [
        ("query", "type", {"type": "neither"}, True),
        ("query", "type", {"type": ""}, False),
        ("query", "type", {"type": ["neither"]}, False),
        ("query", "type_index", {"type_index": "first"}, True),
        ("query", "type_index", {"type_index": "1.0"}, False),
        ("path", "order_handle", {}, False),
        ("header", "type", {}, False),
    ],
)
def test_a_fault_is_certain_when_every_server_reads_it_so(
    load: Load, location: str, name: str, query: dict[str, Any], *, certain: bool
) -> None:
    (operation,) = load("hypertrack").operations
    assert is_certain(operation, location, (name,), Parts({}, query, {}, {})) is certain
