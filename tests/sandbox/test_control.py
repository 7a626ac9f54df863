"""The control plane lists, resets, reads and adds records, and refuses what is not one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from specloom.sandbox import Sandbox, open_store
from specloom.sandbox.message import Reply, Request
from specloom.spec import Api
from specloom.spec.loading import read_api
from specloom.spec.reading import parse

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


def test_it_lists_the_apis_and_their_records(call: Call, load: Callable[[str], Api]) -> None:
    overview = value(_ask(call("ppl"), "GET", "/_sandbox/"))
    version = load("ppl").version
    assert overview == {
        "apis": {"ppl": {"title": "PPL", "version": version, "mount": "/ppl", "records": {"order": 215}}}
    }


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 215),
        ("?tenant=south", 10),
        ("?state=collected", 5),
        ("?tenant=north&state=ordered&limit=3", 3),
        ("?limit=0", 0),
        ("?tenant=north&key=/orderReference&value=%22ORD-000003%22", 1),
        ("?key=/orderReference&value=ORD-000003", 1),
        ("?tenant=south&key=/orderReference&value=ORD-000003", 0),
        ("?key=/orderReference&value=ORD-000003&state=collected", 0),
        ("?key=/state&value=collected&limit=2", 2),
        ("?key=/none&value=1", 0),
        ("?key=none&value=1", 0),
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
        ({"records": [_entry(orderReference=7)]}, 422),
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


def test_a_refusal_points_at_what_is_wrong(call: Call) -> None:
    broken = {"tenant": "west", "record": {**_entry()["record"], "state": "lost", "orderReference": 7}}
    refusal = value(_ask(call("ppl"), "POST", RECORDS, {"records": [_entry(), broken]}))
    assert {error["pointer"] for error in refusal["errors"]} == {
        "/records/1/tenant",
        "/records/1/record/state",
        "/records/1/record/orderReference",
    }
    assert "there is no tenant 'west'; choose from north, south at /records/1/tenant (and 2 more)" in refusal["detail"]


def test_a_member_that_is_missing_is_pointed_at(call: Call) -> None:
    refusal = value(_ask(call("ppl"), "POST", RECORDS, {"records": [{"tenant": "north", "record": {}}]}))
    pointers = [error["pointer"] for error in refusal["errors"]]
    assert sorted(pointers) == [
        f"/records/0/record/{name}" for name in ("customerReference", "orderReference", "state")
    ]
    assert refusal["errors"][0]["field"].startswith("records.0.record.")


LOOSE = """
openapi: 3.1.0
info: {title: Loose, version: 1.0.0}
paths: {}
x-records:
  thing:
    schema: {type: object}
    keys: [/id]
    state: /deep/state
    seeds:
      - {tenant: north, count: 1, start: '1', record: {id: a, deep: {state: new}}}
"""


def test_a_record_that_could_not_be_found_again_is_refused() -> None:
    api = read_api(parse(LOOSE, Path("loose.yaml")), "loose")
    store = open_store()
    caller, records = Caller(Sandbox([api], store), store, ""), "/_sandbox/loose/records/thing"
    refusal = _ask(caller, "POST", records, {"records": [{"tenant": "north", "record": {"deep": {}}}]})
    assert refusal.status == 422
    assert [each["pointer"] for each in value(refusal)["errors"]] == [
        "/records/0/record/id",
        "/records/0/record/deep/state",
    ]
    assert len(value(_ask(caller, "GET", f"{records}?state=new"))["records"]) == 1
    assert value(_ask(caller, "GET", "/_sandbox/loose/forms"))["kinds"][0]["states"] == ["new"]


def test_a_body_needs_no_media_type_and_no_other_than_json(call: Call) -> None:
    ppl, body = call("ppl"), json.dumps({"records": [_entry()]}).encode()
    statuses = [
        ppl.send(Request("POST", RECORDS, "", headers, body)).status
        for headers in ((), (("content-type", "application/json"),), (("content-type", "text/plain"),))
    ]
    assert statuses == [201, 201, 415]


def test_all_apis_are_reset_at_once(call: Call) -> None:
    ppl = call("ppl")
    ppl.post("/order/cancel?orderReference=ORD-000001")
    assert _ask(ppl, "POST", "/_sandbox/reset").status == 204
    assert ppl.post("/order/cancel?orderReference=ORD-000001").status == 200


@pytest.mark.parametrize(
    ("method", "target", "status"),
    [
        ("GET", "/_sandbox/ppl/reset", 405),
        ("POST", "/_sandbox/", 405),
        ("DELETE", RECORDS, 405),
        ("POST", "/_sandbox/other/reset", 404),
        ("GET", "/_sandbox/ppl/records/other", 404),
        ("GET", RECORDS + "?limit=x", 400),
        ("GET", RECORDS + "?limit=-1", 400),
        ("GET", "/_sandbox/journal?status=99", 400),
        ("POST", "/_sandbox/ppl/snippets/other", 400),
        ("GET", "/_sandbox/other/forms", 404),
        ("GET", "/_sandbox", 404),
        ("DELETE", "/_sandbox/journal", 405),
        ("OPTIONS", "/_sandbox/journal", 405),
    ],
)
def test_what_it_does_not_offer_is_refused(call: Call, method: str, target: str, status: int) -> None:
    assert _ask(call("ppl"), method, target).status == status
