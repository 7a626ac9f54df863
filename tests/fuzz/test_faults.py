"""The campaign fails on a faulty server, each time with a failure of a fitting kind."""

from __future__ import annotations

import json

import attrs
import pytest

from specloom.sandbox import Sandbox
from specloom.sandbox.message import Reply, Request

from .faulty import FaultySandbox, Load, mutated, on, rewritten, run, with_member


def _cancel_another(_: Request, reply: Reply, sandbox: Sandbox) -> Reply:
    """Change a record of which the refused request does not speak."""
    if reply.status == 400:
        assert isinstance(sandbox, FaultySandbox)
        record = sandbox.store.find("ppl", "order", "north", ("/orderReference", "ORD-000200"))
        assert record is not None
        sandbox.store.change(record, state="cancelled")
    return reply


def _not_found(reply: Reply) -> Reply:
    return attrs.evolve(reply, status=404, body=b'{"detail": {}, "message": "There is no such order."}')


def _authorized(request: Request) -> Request:
    others = tuple(header for header in request.headers if header[0] != "authorization")
    return attrs.evolve(request, headers=(*others, ("authorization", "Bearer sandbox-north-token")))


def _forgetful(_: Request, reply: Reply, sandbox: Sandbox) -> Reply:
    """Lose every write."""
    assert isinstance(sandbox, FaultySandbox)
    sandbox.store.reset("fastpod")
    return reply


def _half_done(request: Request, reply: Reply, sandbox: Sandbox) -> Reply:
    """Undo what a success did to the last order of several."""
    orders = json.loads(request.body)["orders"] if reply.status == 200 and b'"orders"' in request.body else []
    if len(orders) > 1:
        assert isinstance(sandbox, FaultySandbox)
        name = ("/order_id", orders[-1]["order_id"])
        found = [sandbox.store.find("fuuffy", "pickpack", tenant, name) for tenant in ("north", "south")]
        record = next(each for each in found if each is not None)
        sandbox.store.change(record, status="PICKPACK_PENDING_CONFIRM")
    return reply


FAULTS = {
    "another success status": (
        "fastpod",
        {"answer": on(200, lambda reply: attrs.evolve(reply, status=201))},
        "documented_outcome",
    ),
    "an undocumented status": (
        "fastpod",
        {"answer": on(422, lambda reply: attrs.evolve(reply, status=409))},
        "status_code_conformance",
    ),
    "a server error": (
        "ppl",
        {"answer": on(200, lambda reply: attrs.evolve(reply, status=500))},
        "not_a_server_error",
    ),
    "a missing member": (
        "fastpod",
        {"answer": on(200, lambda reply: rewritten(reply, with_member("data.order_total", ...)))},
        "response_schema_conformance",
    ),
    "a mistyped member": (
        "fastpod",
        {"answer": on(200, lambda reply: rewritten(reply, with_member("data.test_order", "no")))},
        "response_schema_conformance",
    ),
    "another record echoed": (
        "fastpod",
        {"answer": on(200, lambda reply: rewritten(reply, with_member("data.id", "F237-120723-000999")))},
        "documented_ensures",
    ),
    "another media type": (
        "fastpod",
        {"answer": on(200, lambda reply: attrs.evolve(reply, headers=(("content-type", "text/html"),)))},
        "content_type_conformance",
    ),
    "a missing header": (
        "ppl",
        {"answer": on(200, lambda reply: attrs.evolve(reply, headers=reply.headers[:1]))},
        "response_headers_conformance",
    ),
    "another identifier in a header": (
        "ppl",
        {"answer": on(200, lambda reply: attrs.evolve(reply, headers=(reply.headers[0], ("x-correlation-id", "x"))))},
        "documented_ensures",
    ),
    "a fault that is not named": (
        "ppl",
        {"answer": on(400, lambda reply: rewritten(reply, with_member("errors", {})))},
        "fault_located",
    ),
    "a fault that is named wrongly": (
        "ppl",
        {"answer": on(400, lambda reply: rewritten(reply, with_member("errors", {"sender": ["is missing"]})))},
        "fault_located",
    ),
    "a refusal that changes a record": ("ppl", {"answer": _cancel_another}, "unchanged_after_refusal"),
    "credentials that are not checked": ("ppl", {"ask": _authorized}, "ignored_auth"),
    "an unknown record that is answered as a malformed request": (
        "fuuffy",
        {"answer": on(404, lambda reply: attrs.evolve(reply, status=400))},
        "documented_outcome",
    ),
    "a malformed body that is answered as an unknown record": (
        "hypertrack",
        {"answer": lambda request, reply, _: _not_found(reply) if reply.status == 422 and request.body else reply},
        "documented_outcome",
    ),
    "a batch of which the last record is not moved": ("fuuffy", {"answer": _half_done}, "documented_outcome"),
    "a write that is lost": ("fastpod", {"answer": _forgetful}, "documented_outcome"),
}
WEAKENED = {
    "a second cancel that is accepted": (
        "ppl",
        [("from: [ordered]", "from: [ordered, cancelled]")],
        "documented_outcome",
    ),
    "a first cancel that is refused": ("ppl", [("from: [ordered]", "from: [collected]")], "documented_outcome"),
    "a mistyped note that is accepted": (
        "ppl",
        [("type: [string, 'null']\n          description: Words", "description: Words")],
        "negative_data_rejection",
    ),
    "an item that is not in the order and is accepted": (
        "fuuffy",
        [("of: $record#/declarations/*", "of: $item#/shipment_detail/parcel_list/*/declaration_list/*")],
        "documented_outcome",
    ),
    "a mistyped parameter that is accepted": (
        "hypertrack",
        [("$ref: '#/components/schemas/OrderType'\n          x-inferred", "type: string\n          x-inferred")],
        "documented_outcome",
    ),
    "another member that is accepted": (
        "ppl",
        [("additionalProperties: false\n      properties:\n        note", "properties:\n        note")],
        "negative_data_rejection",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_server_fails(load: Load, fault: str) -> None:
    name, faults, check = FAULTS[fault]
    sandbox = FaultySandbox(load(name), **faults)  # type: ignore[arg-type]
    result = run(load(name), sandbox)
    assert sandbox.broken == []
    assert check in {failure.check for failure in result.failures}
    assert not result.ok


@pytest.mark.parametrize("fault", WEAKENED)
def test_a_server_that_follows_a_weaker_spec_fails(load: Load, fault: str) -> None:
    name, changes, check = WEAKENED[fault]
    result = run(load(name), Sandbox([mutated(load(name), *changes)]))
    assert check in {failure.check for failure in result.failures}
