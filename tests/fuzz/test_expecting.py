"""A request that is valid by its schemas is expected to be refused when the spec's rules and records say so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from specloom.fuzz.expecting import refusal
from specloom.spec import Api

Load = Callable[[str], Api]


def _known(*values: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda given: any(value in values for value in given.values())


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
