"""The control plane lists, resets, reads and adds records, and refuses what is not one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from specloom.sandbox.message import Reply, Request

from .conftest import Caller, value

Call = Callable[[str], Caller]
RECORDS = "/_sandbox/ppl/records/order"


def _ask(caller: Caller, method: str, target: str, body: Any = None) -> Reply:
    path, _, query = target.partition("?")
    return caller.send(Request(method, path, query, (), b"" if body is None else json.dumps(body).encode()))


def _entry(**record: Any) -> Any:
    return {
        "tenant": "north",
        "record": {"customerReference": "A", "orderReference": "B", "state": "ordered", **record},
    }


def test_it_lists_the_apis_and_their_records(call: Call) -> None:
    overview = value(_ask(call("ppl"), "GET", "/_sandbox/"))
    assert overview == {"apis": {"ppl": {"mount": "/ppl", "records": {"order": 215}}}}


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 215),
        ("?tenant=south", 10),
        ("?state=collected", 5),
        ("?tenant=north&state=ordered&limit=3", 3),
        ("?limit=0", 0),
    ],
)
def test_it_lists_records_by_tenant_and_state(call: Call, query: str, count: int) -> None:
    assert len(value(_ask(call("ppl"), "GET", RECORDS + query))["records"]) == count


def test_a_reset_makes_a_cancelled_order_cancellable_again(call: Call) -> None:
    ppl = call("ppl")
    target = "/order/cancel?orderReference=ORD-000001"
    statuses = [ppl.post(target).status, ppl.post(target).status]
    assert _ask(ppl, "POST", "/_sandbox/ppl/reset").status == 204
    assert [*statuses, ppl.post(target).status] == [200, 400, 200]


def test_an_added_record_can_be_acted_on(call: Call) -> None:
    ppl = call("ppl")
    assert _ask(ppl, "POST", RECORDS, {"records": [_entry()]}).status == 201
    assert ppl.post("/order/cancel?orderReference=B").status == 200


def test_an_added_record_takes_the_place_of_one_with_its_key(call: Call) -> None:
    ppl = call("ppl")
    _ask(ppl, "POST", RECORDS, {"records": [_entry(customerReference="CUST-000001", state="collected")]})
    assert len(value(_ask(ppl, "GET", RECORDS))["records"]) == 215
    assert ppl.post("/order/cancel?customerReference=CUST-000001").status == 400


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"records": [_entry(state="lost")]}, 422),
        ({"records": [_entry(), {"tenant": "west", "record": {}}]}, 422),
        ({"records": [{"tenant": "north"}]}, 400),
        ({"records": 1}, 400),
        ([], 400),
        (None, 400),
    ],
)
def test_what_is_no_record_is_refused_whole(call: Call, body: Any, status: int) -> None:
    ppl = call("ppl")
    assert _ask(ppl, "POST", RECORDS, body).status == status
    assert value(_ask(ppl, "GET", "/_sandbox/"))["apis"]["ppl"]["records"]["order"] == 215


@pytest.mark.parametrize(
    ("method", "target", "status"),
    [
        ("GET", "/_sandbox/ppl/reset", 405),
        ("POST", "/_sandbox/", 405),
        ("DELETE", RECORDS, 405),
        ("POST", "/_sandbox/other/reset", 404),
        ("GET", "/_sandbox/ppl/records/other", 404),
        ("GET", RECORDS + "?limit=x", 400),
    ],
)
def test_what_it_does_not_offer_is_refused(call: Call, method: str, target: str, status: int) -> None:
    assert _ask(call("ppl"), method, target).status == status
