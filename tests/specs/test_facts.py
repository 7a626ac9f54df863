"""Facts of the vendors' pages beyond the samples: parameters, statuses, members, what a request may hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pytest

from specloom.spec import Api, Operation, Schemas

Load = Callable[[str], Api]
FUUFFY_STATES: Final = (
    "DRAFT PENDING_CONFIRM READY_TO_SHIP PENDING_PICKUP PICKUP_COMPLETED IN_TRANSIT DELIVERED COMPLETED CANCELLED "
    "PROCESSING PENDING_PROCESSING"
)
PICKPACK_STATES: Final = (
    "PICKPACK_PENDING_CONFIRM PICKPACK_CONFIRMED PICKPACK_READY_TO_SHIPMENT PICKPACK_CANCELLED PICKPACK_REJECTED"
)


def operation(api: Api, identifier: str) -> Operation:
    """Return an operation by its id."""
    return next(operation for operation in api.operations if operation.id == identifier)


@pytest.mark.parametrize(
    ("name", "identifier", "label", "statuses"),
    [
        ("fuuffy", "cancelPickup", "POST /v1/pickup/cancel", "200 400 401 403 404 500"),
        ("fuuffy", "rejectPickpack", "POST /v1/pickpack/reject", "200 400 401 403 404 500"),
        ("fastpod", "cancelOrder", "POST /v1/orders/{id}/cancel", "200 401 422 500"),
        ("hypertrack", "cancelOrder", "POST /orders/{order_handle}/cancel", "200 401 404 422"),
        ("ppl", "cancelOrder", "POST /order/cancel", "200 400 401 500 503"),
    ],
)
def test_an_operation_and_its_statuses(name: str, identifier: str, label: str, statuses: str, load: Load) -> None:
    found = operation(load(name), identifier)

    assert found.label == label
    assert sorted(found.responses) == statuses.split()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("fastpod", ["path id required"]),
        (
            "hypertrack",
            ["path order_handle required", "query type", "query type_index", "query fulfillment_attempt"],
        ),
        (
            "ppl",
            [
                "query customerReference",
                "query orderReference",
                "header Accept-Language",
                "header X-Correlation-ID",
                "header X-LogLevel",
            ],
        ),
    ],
)
def test_parameters(name: str, expected: list[str], load: Load) -> None:
    found = operation(load(name), "cancelOrder").parameters

    assert [
        f"{parameter.location} {parameter.name}{' required' if parameter.required else ''}" for parameter in found
    ] == expected


@pytest.mark.parametrize(
    ("name", "servers"),
    [
        (
            "fuuffy",
            {"production": "https://api-gateway.fuuffy.com", "testing": "https://testing-api-gateway.fuuffy.com"},
        ),
        ("fastpod", {"production": "https://api-v2.fastpod.net"}),
        ("hypertrack", {"production": "https://v3.api.hypertrack.com"}),
        (
            "ppl",
            {
                "production": "https://api.dhl.com/ecs/ppl/myapi2",
                "testing": "https://api-dev.dhl.com/ecs/ppl/myapi2",
            },
        ),
    ],
)
def test_servers(name: str, servers: dict[str, str], load: Load) -> None:
    assert {server.name: server.url for server in load(name).servers} == servers


@pytest.mark.parametrize(
    ("name", "kind"), [("fuuffy", "bearer"), ("fastpod", "bearer"), ("hypertrack", "basic"), ("ppl", "bearer")]
)
def test_every_operation_needs_the_scheme_of_the_page(name: str, kind: str, load: Load) -> None:
    api = load(name)

    for found in api.operations:
        assert [[api.security_schemes[scheme].scheme for scheme in schemes] for schemes in found.security] == [[kind]]


@pytest.mark.parametrize(
    ("name", "schema", "values"),
    [
        ("fuuffy", "RejectType", "OUT_OF_STOCK OTHERS"),
        (
            "fuuffy",
            "OrderStatus",
            FUUFFY_STATES,
        ),
        (
            "fuuffy",
            "PickpackStatus",
            PICKPACK_STATES,
        ),
        ("fastpod", "OrderStatus", "draft new_order on_hold in_production shipped cancelled rejected"),
        ("fastpod", "PaymentStatus", "paid unpaid"),
        ("fastpod", "PaymentMethod", "cash point"),
        ("fastpod", "OrderType", "1 2"),
        ("fastpod", "ShippingMethod", "1 2 3 4"),
        ("hypertrack", "OrderStatus", "planned assigned ongoing completed cancelled rescheduled disabled unplanned"),
        ("hypertrack", "OrderType", "drop pick"),
        ("hypertrack", "RiskLevel", "green yellow red"),
        ("ppl", "LogLevel", "Trace Debug Information Warning Error Critical"),
    ],
)
def test_an_enum(name: str, schema: str, values: str, load: Load) -> None:
    assert sorted(load(name).document.at(f"/components/schemas/{schema}/enum")) == sorted(values.split())


# Type by member as the table of the page has it: b boolean, i integer, n null, s string, x number, o object, a array.
FASTPOD_ORDER: Final = (
    "id:s order_type:s reference_id:s order_status:s test_order:b item_total:x shipping_total:i surcharge_total:i "
    "labeling_fee:i peak_season_surchage:i order_total:x payment_method:s payment_status:s point_earned:i point_used:i "
    "quantity_total:i shipping_method:s rush_production:b gift_message:n created_at:s updated_at:s rejected_at:n "
    "rejected_status:n cancelled_at:s address:o line_items:a shipments:a label_url:s coupon_code:s discount_total:i "
    "discount_labeling_fee:i"
)
TABLE_ONLY: Final = frozenset(
    {
        "order_type",
        "labeling_fee",
        "peak_season_surchage",
        "rush_production",
        "label_url",
        "coupon_code",
        "discount_total",
        "discount_labeling_fee",
    }
)


def test_every_member_that_the_table_of_fastpod_requires_is_there(load: Load) -> None:
    """A value of the type in the table is valid; what the sample lacks is optional, and says why."""
    api = load("fastpod")
    schemas, order = Schemas(api.document), api.document.at("/components/schemas/Order")
    values: dict[str, Any] = {"b": True, "i": 1, "n": None, "s": "2023-12-07T07:54:35Z", "x": 1.5, "a": []}

    for name, kind in (member.split(":") for member in FASTPOD_ORDER.split()):
        assert (name in order["required"]) == (name not in TABLE_ONLY)
        if name in TABLE_ONLY:
            assert "x-conflict" in order["properties"][name]
        if kind != "o":
            assert schemas.errors(f"/components/schemas/Order/properties/{name}", values[kind]) == []
    assert order["properties"].keys() - {member.split(":")[0] for member in FASTPOD_ORDER.split()} == {
        "boost_production"
    }


def test_a_line_item_has_13_members(load: Load) -> None:
    item = load("fastpod").document.at("/components/schemas/LineItem")

    assert len(item["properties"]) == 13
    assert sorted(item["required"]) == sorted(item["properties"])


def other(**changes: Any) -> dict[str, Any]:
    """Return a rejection for a stated reason; ... removes a member."""
    return changed({"order_id": "3550646", "type": "OTHERS", "reject_reason": "Parcel damaged"}, changes)


def out_of_stock(**changes: Any) -> dict[str, Any]:
    """Return a rejection because an item is out of stock; ... removes a member."""
    detail = {"parcel_list": [{"declaration_list": [{"sku": "ABC-001", "bar_code_eid": "BC-EID-001"}]}]}
    return changed({"order_id": "3550647", "type": "OUT_OF_STOCK", "shipment_detail": detail}, changes)


def changed(value: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return `value` with `changes`, where ... removes a member."""
    return {name: member for name, member in {**value, **changes}.items() if member is not ...}


def declared(*items: Any) -> dict[str, Any]:
    """Return the detail of a shipment of one parcel with `items`."""
    return {"parcel_list": [{"declaration_list": list(items)}]}


ITEM: Final = {"sku": "ABC-001", "bar_code_eid": "BC-EID-001"}
# fmt: off
REQUESTS: Final[list[tuple[str, str, Any, bool]]] = [
    ("fuuffy", "PickupCancelRequest", {"order_id": "0"}, True),
    ("fuuffy", "PickupCancelRequest", {}, False),
    ("fuuffy", "PickupCancelRequest", {"order_id": ""}, False),
    ("fuuffy", "PickupCancelRequest", {"order_id": 3570983}, False),
    ("fuuffy", "PickupCancelRequest", {"order_id": "3570983\n"}, False),
    ("fuuffy", "PickupCancelRequest", {"order_id": "357098٣"}, False),
    ("fuuffy", "PickupCancelRequest", {"order_id": "-3570983"}, False),
    ("fuuffy", "PickpackRejectRequest", {"orders": [other()]}, True),
    ("fuuffy", "PickpackRejectRequest", {"orders": [out_of_stock()]}, True),
    ("fuuffy", "PickpackRejectRequest", {"orders": [other()] * 100}, True),
    ("fuuffy", "PickpackRejectRequest", {"orders": [other()] * 101}, False),
    ("fuuffy", "PickpackRejectRequest", {"orders": []}, False),
    ("fuuffy", "PickpackRejectRequest", {}, False),
    ("fuuffy", "PickpackRejectRequest", {"orders": [other(order_id="A1")]}, False),
    ("fuuffy", "PickpackRejectRequest", {"orders": [other(order_id=...)]}, False),
    ("fuuffy", "PickpackRejectRequest", {"orders": [other(type=...)]}, False),
    ("fuuffy", "PickpackRejectRequest", {"orders": [other(type="others")]}, False),
    ("fuuffy", "PickpackRejectRequest", {"orders": [other(reject_reason=...)]}, False),
    ("fuuffy", "PickpackRejectRequest", {"orders": [other(shipment_detail=declared(ITEM))]}, True),
    ("fuuffy", "PickpackRejectRequest", {"orders": [out_of_stock(reject_reason="Sold out")]}, True),
    ("fuuffy", "PickpackRejectRequest", {"orders": [out_of_stock(shipment_detail=...)]}, False),
    ("fuuffy", "PickpackRejectRequest", {"orders": [out_of_stock(shipment_detail={})]}, False),
    ("fuuffy", "PickpackRejectRequest", {"orders": [out_of_stock(shipment_detail={"parcel_list": []})]}, False),
    ("fuuffy", "PickpackRejectRequest", {"orders": [out_of_stock(shipment_detail={"parcel_list": [{}]})]}, False),
    ("fuuffy", "PickpackRejectRequest", {"orders": [out_of_stock(shipment_detail=declared())]}, False),
    ("fuuffy", "PickpackRejectRequest", {"orders": [out_of_stock(shipment_detail=declared({"sku": "A"}))]}, False),
    ("fuuffy", "PickpackRejectRequest",
     {"orders": [out_of_stock(shipment_detail=declared({"bar_code_eid": "A"}))]}, False),
    ("hypertrack", "OrderCancelRequest", {}, True),
    ("hypertrack", "OrderCancelRequest", {"metadata": {"any": [1, None, {"json": True}]}}, True),
    ("hypertrack", "OrderCancelRequest", {"metadata": "text"}, False),
    ("hypertrack", "OrderCancelRequest", [], False),
    ("ppl", "OrderCancelRequest", {}, True),
    ("ppl", "OrderCancelRequest", {"note": None}, True),
    ("ppl", "OrderCancelRequest", {"note": 1}, False),
    ("ppl", "OrderCancelRequest", {"note": "a", "more": "b"}, False),
]
RESPONSES: Final[list[tuple[str, str, Any, bool]]] = [
    ("fuuffy", "ErrorResponse", {"error": {"code": "1", "code_reason": "new", "message": "", "error_trace": {}}}, True),
    ("fuuffy", "ErrorResponse", {"code": "400000", "code_reason": "BAD_REQUEST", "message": "Bad Request"}, False),
    ("hypertrack", "Position", [-121.8, 37.3], True),
    ("hypertrack", "Position", [-121.8, 37.3, 24.9], True),
    ("hypertrack", "Position", [-121.8, 37.3, 24.9, "2023-10-26T01:28:23.916Z"], True),
    ("hypertrack", "Position", [-121.8], False),
    ("hypertrack", "Position", [-121.8, 37.3, 24.9, 1698283703], False),
    ("hypertrack", "Position", [-121.8, 37.3, 24.9, "2023-10-26T01:28:23.916Z", 0], False),
    ("hypertrack", "Risk", "purple", True),
    ("hypertrack", "TimelineEntry", {"type": "order_snoozed"}, True),
    ("hypertrack", "TimelineEntry", {"type": "order_created"}, False),
    ("ppl", "ProblemDetails", {"title": None, "errors": {"note": ["too long"]}}, True),
    ("ppl", "ProblemDetails", {"errors": None}, True),
    ("ppl", "ProblemDetails", {"errors": {"note": "too long"}}, False),
]
# fmt: on


@pytest.mark.parametrize(("name", "schema", "value", "valid"), [*REQUESTS, *RESPONSES])
def test_a_value_is_valid_or_not(name: str, schema: str, value: Any, valid: bool, load: Load) -> None:
    errors = Schemas(load(name).document).errors(f"/components/schemas/{schema}", value)

    assert (errors == []) == valid
