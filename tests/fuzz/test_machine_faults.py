"""The state machine finds faults that show only over several requests, and shows each with few of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import attrs
import pytest

from specloom.fuzz.machine.bench import Bench
from specloom.fuzz.targets import Supply, credentials_of
from specloom.fuzz.wire import AsgiWire
from specloom.sandbox import Sandbox
from specloom.sandbox.message import Reply, Request
from specloom.spec import Api

from .benches import bench, faults, search
from .faulty import FaultySandbox, Load, mutated, rewritten

KEYS = {"fastpod": "/id", "fuuffy": "/order_id", "hypertrack": "/order_handle", "ppl": "/orderReference"}
STARTED = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "7Z")


def _store(sandbox: Sandbox) -> Any:
    assert isinstance(sandbox, FaultySandbox)
    return sandbox.store


def _change(
    sandbox: Sandbox, api: str, key: Any, change: dict[str, Any], *, tenant: str = "north", kind: str = "order"
) -> None:
    record = _store(sandbox).find(api, kind, tenant, (KEYS[api], key))
    assert record is not None
    _store(sandbox).change(record, **change)


def _lost(_: Request, reply: Reply, sandbox: Sandbox) -> Reply:
    """Lose every write."""
    if reply.status == 200:
        _store(sandbox).reset("hypertrack")
    return reply


def _wrong_record(_: Request, reply: Reply, sandbox: Sandbox) -> Reply:
    """Change another record as well."""
    if reply.status == 200:
        _change(sandbox, "fastpod", "F237-120723-000150", {"order_status": "cancelled"})
    return reply


def _other_tenant(_: Request, reply: Reply, sandbox: Sandbox) -> Reply:
    """Change a record of the other tenant."""
    if reply.status == 200:
        _change(sandbox, "ppl", "ORD-900003", {"note": "!"}, tenant="south")
    return reply


def _changing_refusal(_: Request, reply: Reply, sandbox: Sandbox) -> Reply:
    """Change a record when a request is refused."""
    if reply.status == 404:
        _change(sandbox, "hypertrack", "order-7", {"capacity_used": 2})
    return reply


def _half_batch(request: Request, reply: Reply, sandbox: Sandbox) -> Reply:
    """Move the first order of a batch that is refused."""
    if reply.status == 404 and b'"orders"' in request.body:
        first = json.loads(request.body)["orders"][0]["order_id"]
        if _store(sandbox).find("fuuffy", "pickpack", "north", ("/order_id", first)) is not None:
            _change(sandbox, "fuuffy", first, {"status": "PICKPACK_REJECTED"}, kind="pickpack")
    return reply


def _short_batch(request: Request, reply: Reply, sandbox: Sandbox) -> Reply:
    """Move no more than three orders of a batch."""
    orders = json.loads(request.body)["orders"] if reply.status == 200 and b'"orders"' in request.body else []
    for order in orders[3:]:
        _change(sandbox, "fuuffy", order["order_id"], {"status": "PICKPACK_PENDING_CONFIRM"}, kind="pickpack")
    return reply


class _EveryFifth:
    """Accept every fifth call for a record that was cancelled before."""

    def __init__(self) -> None:
        self._refused = 0

    def __call__(self, request: Request, reply: Reply, sandbox: Sandbox) -> Reply:
        """Answer as a success does."""
        key = request.path.split("/")[-2]
        record = _store(sandbox).find("fastpod", "order", "north", ("/id", key))
        if reply.status == 422 and record is not None and record.body["order_status"] == "cancelled":
            self._refused += 1
            if self._refused % 5 == 0:
                body = {"status": True, "message": "Order cancelled successfully.", "data": record.body}
                return attrs.evolve(reply, status=200, body=json.dumps(body).encode())
        return reply


def _stale(_: Request, reply: Reply, __: Sandbox) -> Reply:
    """Answer without what the transition added."""
    if reply.status != 200:
        return reply
    return rewritten(reply, lambda body: {**body, "timeline": body["timeline"][:-1]})


def _frozen(_: Request, reply: Reply, sandbox: Sandbox) -> Reply:
    """Give every cancel the time at which the server was started."""
    if reply.status != 200:
        return reply
    times = {"cancelled_at": STARTED, "updated_at": STARTED}
    key = json.loads(reply.body)["data"]["id"]
    _change(sandbox, "fastpod", key, times, tenant="south" if key > "F237-120723-9" else "north")
    return rewritten(reply, lambda body: {**body, "data": {**body["data"], **times}})


def _as_north(request: Request) -> Request:
    """Take the other tenant for the first."""
    headers = ((name, value.replace("south", "north")) for name, value in request.headers)
    return attrs.evolve(request, headers=tuple(headers))


def _any_suffix(request: Request) -> Request:
    """Take what follows a token or a key for nothing."""
    headers = ((name, value.replace("tokenx", "token")) for name, value in request.headers)
    return attrs.evolve(request, headers=tuple(headers))


def _any_case(request: Request) -> Request:
    return attrs.evolve(request, path=request.path.lower())


def _any_end(request: Request) -> Request:
    """Find a record by the beginning of its key."""
    *head, key, last = request.path.split("/")
    return attrs.evolve(request, path="/".join([*head, key[:18], last]))


def _mangled(request: Request) -> Request:
    """Read a body in another encoding."""
    body = request.body.decode("utf-8").encode("ascii", "replace") if request.body else request.body
    return attrs.evolve(request, body=body)


FAULTS: dict[str, tuple[str, dict[str, Any], set[str], bool]] = {
    "a write that is lost": ("hypertrack", {"answer": _lost}, {"documented_outcome"}, True),
    "another record that is changed": ("fastpod", {"answer": _wrong_record}, {"others_unchanged"}, False),
    "another tenant's record that is changed": ("ppl", {"answer": _other_tenant}, {"tenant_isolation"}, False),
    "a refusal that changes a record": (
        "hypertrack",
        {"answer": _changing_refusal},
        {"unchanged_after_refusal"},
        False,
    ),
    "half a batch": ("fuuffy", {"answer": _half_batch}, {"unchanged_after_refusal", "documented_outcome"}, True),
    "a batch that is cut": ("fuuffy", {"answer": _short_batch}, {"documented_outcome"}, True),
    "every fifth second cancel accepted": ("fastpod", {"answer": _EveryFifth()}, {"documented_outcome"}, True),
    "a stale answer": ("hypertrack", {"answer": _stale}, {"documented_ensures"}, True),
    "a clock that stands still": ("fastpod", {"answer": _frozen}, {"clock"}, True),
    "a tenant that is taken for another": ("ppl", {"ask": _as_north}, {"tenant_isolation", "documented_outcome"}, True),
    "a token with more after it": ("fuuffy", {"ask": _any_suffix}, {"credentials_required"}, True),
    "keys in any case": ("hypertrack", {"ask": _any_case}, {"documented_outcome"}, True),
    "keys with more after them": ("fastpod", {"ask": _any_end}, {"documented_outcome"}, True),
    "a text in the wrong encoding": ("fuuffy", {"ask": _mangled}, {"documented_ensures"}, True),
}
WEAKENED: dict[str, tuple[str, list[tuple[str, str]], set[str], bool]] = {
    "a state that is not checked": (
        "fuuffy",
        [("from: [PENDING_PICKUP]", "from: [PENDING_PICKUP, READY_TO_SHIP, DELIVERED]")],
        {"documented_outcome"},
        True,
    ),
    "one state that is refused": ("hypertrack", [("ongoing, rescheduled,", "ongoing,")], {"documented_outcome"}, True),
    "a member that is not set": (
        "hypertrack",
        [("          /metadata: $request.body#/metadata\n", "")],
        {"documented_ensures"},
        True,
    ),
    "a note that is not kept": ("ppl", [("/note: $request.body#/note", "/note: kept")], {"documented_outcome"}, False),
    "a time that is made up": (
        "fastpod",
        [("/cancelled_at: $now", "/cancelled_at: '2023-12-07T08:29:50.000000Z'")],
        {"documented_outcome", "documented_ensures"},
        True,
    ),
    "one of two members that is not compared": (
        "fuuffy",
        [("members: [sku, bar_code_eid]", "members: [sku]")],
        {"documented_outcome"},
        True,
    ),
    "a second reference that is not compared": (
        "ppl",
        [("          /orderReference: $request.query.orderReference\n", "")],
        {"documented_outcome"},
        True,
    ),
    "an order that may be named twice": (
        "fuuffy",
        [("- distinct: $request.body#/orders/*/order_id", "- distinct: $request.body#/orders/*/no")],
        {"documented_outcome", "fault_located"},
        True,
    ),
    "a member that is left out of an answer": (
        "fuuffy",
        [("                  shipment_detail: $record#/shipment_detail\n", "")],
        {"documented_ensures"},
        True,
    ),
}


def _found(api: Api, sandbox: Sandbox, *, control: bool) -> dict[str, int]:
    """Return the checks that fail, each with the fewest steps that show it."""
    found = bench(api, sandbox, control=control)
    checks: dict[str, int] = {}
    for fault in faults(search(found)):
        for breach in fault.breaches:
            checks[breach.check] = min(checks.get(breach.check, 99), len(fault.steps))
    if found.clock.fault is not None:
        checks["clock"] = 2
    return checks


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_server_fails(load: Load, fault: str) -> None:
    name, changes, checks, visible = FAULTS[fault]
    for control in (True, False) if visible else (True,):
        sandbox = FaultySandbox(load(name), **changes)
        found = _found(load(name), sandbox, control=control)
        assert sandbox.broken == []
        assert checks & found.keys(), (control, found)
        assert min(found[check] for check in checks & found.keys()) <= 4


@pytest.mark.parametrize("fault", WEAKENED)
def test_a_server_that_follows_another_spec_fails(load: Load, fault: str) -> None:
    name, changes, checks, visible = WEAKENED[fault]
    for control in (True, False) if visible else (True,):
        found = _found(load(name), Sandbox([mutated(load(name), *changes)]), control=control)
        assert checks & found.keys(), (control, found)
        assert min(found[check] for check in checks & found.keys()) <= 4


def test_a_server_that_breaks_off_is_a_fault(load: Load) -> None:
    api = load("ppl")
    sandbox = Sandbox([api])

    async def broken(scope: Any, receive: Any, send: Any) -> None:
        async def cut(event: Any) -> None:
            if event["type"] == "http.response.body" and b"{}" in event["body"]:
                raise ConnectionError
            await send(event)

        await sandbox(scope, receive, cut)

    found = Bench(api, AsgiWire(broken, "/ppl"), None, Supply(api), credentials_of(api), 0)
    assert {fault.breaches[0].check for fault in faults(search(found))} == {"answered"}
