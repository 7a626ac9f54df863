"""Near misses of a valid request are refused, and the error names what is at fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Caller, value

Call = Callable[[str], Caller]
CANCEL = "/v1/pickup/cancel"
REJECT = "/v1/pickpack/reject"
ITEM = {"sku": "ABC-001", "bar_code_eid": "BC-EID-001"}


@pytest.mark.parametrize(
    "number",
    [
        "",
        " 3570983",
        "3570983 ",
        "3570983\n",
        "\n3570983",
        "٣٥٧٠٩٨٣",
        "３５７０９８３",
        "-3570983",
        "3570983.0",
        "0x1",
        3570983,
        3570983.0,
        None,
        True,
        ["3570983"],
        {"order_id": "3570983"},
    ],
)
def test_an_order_number_is_a_string_of_ascii_digits(call: Call, number: Any) -> None:
    reply = call("fuuffy").post(CANCEL, {"order_id": number})
    assert reply.status == 400
    assert [fault["field"] for fault in value(reply)["error"]["error_trace"]] == ["order_id"]


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b'{"order_id": "3570983"', id="truncated"),
        pytest.param(b'{"order_id": "3570983"} x', id="more than one value"),
        pytest.param(b"{'order_id': '3570983'}", id="single quotes"),
        pytest.param(b'{"order_id": "3570983",}', id="trailing comma"),
        pytest.param(b'{"order_id": "3570983", "a": NaN}', id="NaN"),
        pytest.param(b'{"order_id": "3570983", "a": -Infinity}', id="infinity"),
        pytest.param(b'{"order_id": "3570983", "a": 1e999}', id="number beyond a double"),
        pytest.param(b'{"order_id": "1", "order_id": "3570983"}', id="duplicate member"),
        pytest.param(b'{"order_id": "3570983", "a": "\\ud800"}', id="lone surrogate"),
        pytest.param(b'{"order_id": "3570983", "a": "\xff"}', id="not UTF-8"),
        pytest.param('{"order_id": "3570983"}'.encode("utf-16"), id="UTF-16"),
        pytest.param(b'{"order_id": "3570983", "a": ' + b"[" * 100 + b"]" * 100 + b"}", id="100 levels"),
        pytest.param(b"[" * 100_000, id="100,000 levels"),
        pytest.param(b"", id="empty"),
        pytest.param(b"null", id="null"),
        pytest.param(b"[]", id="array"),
    ],
)
def test_what_is_no_json_object_is_refused(call: Call, raw: bytes) -> None:
    reply = call("fuuffy").post(CANCEL, raw=raw, content_type="application/json")
    assert reply.status == 400
    assert value(reply)["error"]["error_trace"]


@pytest.mark.parametrize("media_type", ["text/plain", "application/xml", "application/jsonp", "", "json"])
def test_another_media_type_is_refused(call: Call, media_type: str) -> None:
    reply = call("fuuffy").post(CANCEL, {"order_id": "3570983"}, content_type=media_type)
    assert reply.status == 415


@pytest.mark.parametrize("media_type", ["application/json; charset=utf-8", "Application/JSON", "application/json ;a=b"])
def test_a_media_type_has_no_case_and_may_have_parameters(call: Call, media_type: str) -> None:
    assert call("fuuffy").post(CANCEL, {"order_id": "3570983"}, content_type=media_type).status == 200


def _order(**members: Any) -> Any:
    order = {"order_id": "3550646", "type": "OTHERS", "reject_reason": "Parcel damaged", **members}
    return {name: member for name, member in order.items() if member != "absent"}


def _items(*items: Any) -> Any:
    return {"parcel_list": [{"declaration_list": list(items)}]}


@pytest.mark.parametrize(
    ("order", "field"),
    [
        (_order(reject_reason="absent"), "orders[0].reject_reason"),
        (_order(reject_reason=None), "orders[0].reject_reason"),
        (_order(type="absent"), "orders[0].type"),
        (_order(type="others"), "orders[0].type"),
        (_order(type=1), "orders[0].type"),
        (_order(order_id="absent"), "orders[0].order_id"),
        (_order(type="OUT_OF_STOCK"), "orders[0].shipment_detail"),
        (_order(type="OUT_OF_STOCK", shipment_detail={}), "orders[0].shipment_detail.parcel_list"),
        (_order(type="OUT_OF_STOCK", shipment_detail={"parcel_list": []}), "orders[0].shipment_detail.parcel_list"),
        (_order(shipment_detail=_items()), "orders[0].shipment_detail.parcel_list[0].declaration_list"),
        (
            _order(type="OUT_OF_STOCK", shipment_detail=_items({"sku": "ABC-001"})),
            "orders[0].shipment_detail.parcel_list[0].declaration_list[0].bar_code_eid",
        ),
        (
            _order(type="OUT_OF_STOCK", shipment_detail=_items(ITEM, {**ITEM, "sku": "ABC-002"})),
            "orders[0].shipment_detail.parcel_list[].declaration_list",
        ),
        ("3550646", "orders[0]"),
    ],
)
def test_a_rejection_needs_what_its_type_asks_for(call: Call, order: Any, field: str) -> None:
    reply = call("fuuffy").post(REJECT, {"orders": [order]})
    assert reply.status == 400
    assert [fault["field"] for fault in value(reply)["error"]["error_trace"]] == [field]


@pytest.mark.parametrize(("count", "status"), [(0, 400), (1, 200), (100, 200), (101, 400)])
def test_a_batch_has_1_to_100_orders(call: Call, count: int, status: int) -> None:
    orders = [_order(order_id=str(3550646 + index)) for index in range(count)]
    assert call("fuuffy").post(REJECT, {"orders": orders}).status == status


def test_a_batch_names_an_order_once(call: Call) -> None:
    reply = call("fuuffy").post(REJECT, {"orders": [_order(), _order(order_id="3550647"), _order()]})
    assert reply.status == 400
    assert [fault["field"] for fault in value(reply)["error"]["error_trace"]] == ["orders[2].order_id"]


@pytest.mark.parametrize(
    ("target", "body", "where", "field"),
    [
        ("?type=lift", {}, "query", "type"),
        ("?type=", {}, "query", "type"),
        ("?type=drop&type=pick", {}, "query", "type"),
        ("?type_index=1.0", {}, "query", "type_index"),
        ("?type_index=%201", {}, "query", "type_index"),
        ("?type_index=01", {}, "query", "type_index"),
        ("?fulfillment_attempt=one", {}, "query", "fulfillment_attempt"),
        ("", {"metadata": []}, "body", "metadata"),
        ("", {"metadata": None}, "body", "metadata"),
    ],
)
def test_an_error_says_which_part_of_the_request_is_at_fault(
    call: Call, target: str, body: Any, where: str, field: str
) -> None:
    reply = call("hypertrack").post(f"/orders/order-1/cancel{target}", body)
    assert reply.status == 422
    assert list(value(reply)["detail"]) == [where]
    assert list(value(reply)["detail"][where]) == [field]


@pytest.mark.parametrize("level", ["trace", "Trace ", "", "Verbose"])
def test_a_header_is_checked_against_its_enum(call: Call, level: str) -> None:
    reply = call("ppl").post("/order/cancel?orderReference=ORD-000001", x_loglevel=level)
    assert reply.status == 400
    assert list(value(reply)["errors"]) == ["X-LogLevel"]


@pytest.mark.parametrize("query", ["", "?", "?customerreference=CUST-000001"])
def test_one_of_two_references_is_needed(call: Call, query: str) -> None:
    reply = call("ppl").post(f"/order/cancel{query}", {"note": "string"})
    assert reply.status == 400
    assert list(value(reply)["errors"]) == ["customerReference"]


def test_a_request_identifier_comes_back_or_is_made(call: Call) -> None:
    ppl = call("ppl")
    echoed = ppl.post("/order/cancel?orderReference=ORD-000001", x_correlation_id="a b")
    made = ppl.post("/order/cancel?orderReference=ORD-000002")
    assert dict(echoed.headers)["x-correlation-id"] == "a b"
    assert len(dict(made.headers)["x-correlation-id"]) == 36
