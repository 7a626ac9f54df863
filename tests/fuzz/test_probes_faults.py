"""Each family of probes finds a server that is broken in its way, also where records can neither be read nor reset."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from specloom.fuzz.probes import (
    batches,
    bodies,
    constraints,
    guards,
    identity,
    parameters,
    preferred,
    raw,
    routes,
    states,
)
from specloom.sandbox import Sandbox
from specloom.sandbox.message import Reply, Request

from .faulty import FaultySandbox, Load, mutated, on, rewritten, with_member
from .probing import failures, probe

Ask = Callable[[Request], Request]


def _header(name: str, change: Callable[[str], str]) -> Ask:
    return lambda request: attrs.evolve(
        request, headers=tuple((key, change(value) if key == name else value) for key, value in request.headers)
    )


def _body(change: Callable[[bytes], bytes]) -> Ask:
    return lambda request: attrs.evolve(request, body=change(request.body))


def _path(change: Callable[[str], str]) -> Ask:
    return lambda request: attrs.evolve(request, path=change(request.path))


def _stripped(text: str) -> bytes:
    """Return a body as a server reads it that takes spaces around every text away."""

    def strip(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: strip(child) for name, child in value.items()}
        if isinstance(value, list):
            return [strip(child) for child in value]
        return value.strip() if isinstance(value, str) else value

    try:
        return json.dumps(strip(json.loads(text))).encode()
    except ValueError:
        return text.encode()


def _cut(value: str) -> str:
    """Return a header of HTTP Basic as a server reads it that compares no more than the length of the password."""
    try:
        pair = base64.b64decode(value.removeprefix("Basic "), validate=True)
    except ValueError:
        return value
    return "Basic " + base64.b64encode(pair[: len("sandbox-north:sandbox-north-secret")]).decode()


def _of_north(request: Request) -> Request:
    headers = tuple((k, v.replace("south", "north") if k == "authorization" else v) for k, v in request.headers)
    return attrs.evolve(request, headers=headers)


def _first_only(request: Request, reply: Reply, sandbox: Sandbox) -> Reply:
    """Move the first order of a batch that is refused for another one."""
    assert isinstance(sandbox, FaultySandbox)
    orders = json.loads(request.body)["orders"] if reply.status == 404 and b'"orders"' in request.body else []
    for order in orders[:1]:
        name = ("/order_id", order["order_id"])
        record = sandbox.store.find("fuuffy", "pickpack", "north", name)
        if record is not None:
            sandbox.store.change(record, status="PICKPACK_REJECTED")
    return reply


FAULTS: dict[str, tuple[str, Any, str, dict[str, Any], bool]] = {
    "a second call that succeeds": (
        "ppl",
        identity.first,
        "documented_outcome",
        {"answer": on(400, lambda _: Reply(200, (("content-type", "application/json"),), b"{}"))},
        False,
    ),
    "a key that is taken without what is around it": (
        "fastpod",
        identity.unknown,
        "documented_outcome",
        {"ask": _path(lambda path: path.replace("%20", "").replace("%0A", ""))},
        False,
    ),
    "a key of any case": (
        "hypertrack",
        identity.unknown,
        "documented_outcome",
        {"ask": _path(lambda path: path.lower())},
        False,
    ),
    "a token of any case": (
        "ppl",
        guards.wrong,
        "credentials_required",
        {"ask": _header("authorization", lambda value: f"Bearer {value.lower().removeprefix('bearer ')}")},
        False,
    ),
    "a longer password": (
        "hypertrack",
        guards.wrong,
        "credentials_required",
        {"ask": _header("authorization", _cut)},
        False,
    ),
    "a scheme in lower case that is refused": (
        "fastpod",
        guards.accepted,
        "documented_outcome",
        {"ask": _header("authorization", lambda value: value if value.startswith("Bearer") else "none")},
        False,
    ),
    "one tenant for all": ("fuuffy", guards.tenants, "tenant_isolation", {"ask": _of_north}, False),
    "a forbidden credential that is let in": (
        "fuuffy",
        guards.forbidden,
        "credentials_required",
        {"ask": _header("authorization", lambda value: value.replace("viewer", "token"))},
        False,
    ),
    "a token after two spaces that is refused": (
        "fastpod",
        guards.accepted,
        "documented_outcome",
        {"ask": _header("authorization", lambda value: "none" if "  " in value else value)},
        True,
    ),
    "bytes that are no UTF-8 and are taken for others": (
        "ppl",
        parameters.undecodable,
        "documented_outcome",
        {"ask": lambda request: attrs.evolve(request, query=request.query.replace("%FF", ""))},
        True,
    ),
    "bytes that are no UTF-8 in another part of the request": (
        "hypertrack",
        parameters.undecodable,
        "fault_located",
        {"answer": on(422, lambda reply: attrs.evolve(reply, body=reply.body.replace(b'"query"', b'"body"')))},
        True,
    ),
    "a refusal without a challenge": (
        "fastpod",
        guards.wrong,
        "response_headers_conformance",
        {"answer": on(401, lambda reply: attrs.evolve(reply, headers=reply.headers[:1]))},
        False,
    ),
    "a batch of which the first is moved when it is refused": (
        "fuuffy",
        batches.atomic,
        "unchanged_after_refusal",
        {"answer": _first_only},
        True,
    ),
    "the same, where no record can be read": (
        "fuuffy",
        batches.atomic,
        "documented_outcome",
        {"answer": _first_only},
        False,
    ),
    "spaces around texts that are taken away": (
        "fuuffy",
        bodies.invalid,
        "documented_outcome",
        {"ask": _body(lambda body: _stripped(body.decode("utf-8", "replace")))},
        False,
    ),
    "a body that is read up to its end alone": (
        "ppl",
        raw.malformed,
        "documented_outcome",
        {"ask": _body(lambda body: body[: body.rfind(b"}") + 1])},
        False,
    ),
    "NaN that is null": (
        "hypertrack",
        raw.words,
        "documented_outcome",
        {"ask": _body(lambda body: body.replace(b"NaN", b"null"))},
        False,
    ),
    "any media type": (
        "ppl",
        raw.media_types,
        "documented_outcome",
        {"ask": _header("content-type", lambda _: "application/json")},
        False,
    ),
    "a media type without parameters alone": (
        "ppl",
        raw.media_types,
        "documented_outcome",
        {"ask": _header("content-type", lambda value: value if ";" not in value else "text/plain")},
        False,
    ),
    "a header of any case": (
        "ppl",
        parameters.invalid,
        "documented_outcome",
        {"ask": _header("x-loglevel", lambda value: value.capitalize())},
        False,
    ),
    "405 without Allow": (
        "ppl",
        routes.methods,
        "response_headers_conformance",
        {"answer": on(405, lambda reply: attrs.evolve(reply, headers=reply.headers[:1]))},
        False,
    ),
    "a path that is longer": (
        "fuuffy",
        routes.paths,
        "documented_outcome",
        {"ask": _path(lambda path: path.removesuffix("/x"))},
        False,
    ),
    "an optional member that is not as it was asked for": (
        "fuuffy",
        bodies.valid,
        "documented_ensures",
        {
            "answer": lambda request, reply, _: (
                rewritten(reply, _without_details)
                if reply.status == 200 and b"reject" in request.path.encode()
                else reply
            )
        },
        False,
    ),
    "a time that is not now": (
        "fastpod",
        identity.first,
        "documented_ensures",
        {
            "answer": on(
                200,
                lambda reply: rewritten(
                    rewritten(reply, with_member("data.cancelled_at", "2030-01-31T12:00:00Z")),
                    with_member("data.updated_at", "2030-01-31T12:00:00Z"),
                ),
            )
        },
        False,
    ),
    "a stack trace": (
        "fastpod",
        states.refused,
        "no_leak",
        {
            "answer": on(
                422, lambda reply: rewritten(reply, with_member("message", "Traceback (most recent call last):"))
            )
        },
        False,
    ),
    "a documented fault that is not as documented": (
        "fastpod",
        preferred.answers,
        "response_schema_conformance",
        {"answer": on(500, lambda reply: rewritten(reply, with_member("message", 3)))},
        True,
    ),
    "another example than was asked for": (
        "ppl",
        preferred.answers,
        "documented_outcome",
        {"answer": on(503, lambda reply: rewritten(reply, with_member("title", "Something else")))},
        True,
    ),
    "a request that asks for a fault, and is carried out": (
        "fuuffy",
        preferred.answers,
        "documented_outcome",
        {"ask": _header("prefer", lambda _: "handling=strict")},
        True,
    ),
    "another code in an error": (
        "fuuffy",
        identity.unknown,
        "documented_outcome",
        {"answer": on(404, lambda reply: rewritten(reply, with_member("error.code", "404001")))},
        False,
    ),
}


def _without_details(body: Any) -> Any:
    for order in body["data"]["orders"]:
        order.pop("shipment_detail", None)
    return body


@pytest.mark.parametrize("name", FAULTS)
def test_a_family_finds_a_server_that_is_broken_in_its_way(load: Load, name: str) -> None:
    api_name, family, check, changes, control = FAULTS[name]
    sandbox = FaultySandbox(load(api_name), **changes)
    found = failures(probe(load(api_name), sandbox, control=control, families=(family,)))
    assert sandbox.broken == []
    assert check in {failure.check for failure in found}
    assert all(failure.steps and failure.rule for failure in found if failure.check == check)


WEAKENED = {
    "a state that allows too much": (
        "ppl",
        states.refused,
        ("from: [ordered]", "from: [ordered, collected]"),
        "documented_outcome",
    ),
    "a state that allows too little": (
        "fastpod",
        states.allowed,
        ("from: [draft, new_order, on_hold]", "from: [new_order, on_hold]"),
        "documented_outcome",
    ),
    "a batch that may be longer": ("fuuffy", batches.sizes, ("maxItems: 100", "maxItems: 101"), "documented_outcome"),
    "a batch that must be shorter": ("fuuffy", batches.sizes, ("maxItems: 100", "maxItems: 99"), "documented_outcome"),
    "an order that may be named twice": (
        "fuuffy",
        batches.repeated,
        ("- distinct: $request.body#/orders/*/order_id", "- distinct: $request.body#/nothing"),
        "status_code_conformance",
    ),
    "an item of which one member counts": (
        "fuuffy",
        constraints.broken,
        ("members: [sku, bar_code_eid]", "members: [sku]"),
        "documented_outcome",
    ),
    "one of two references that is not enough": (
        "ppl",
        bodies.valid,
        ("- $request.query.orderReference\n          fault", "- $request.header.X-LogLevel\n          fault"),
        "documented_outcome",
    ),
    "a digit of any script": ("fuuffy", bodies.invalid, ("^[0-9]+$", "^\\\\d+$"), "documented_outcome"),
    "a parameter of any value": (
        "hypertrack",
        parameters.invalid,
        ("enum: [drop, pick]", "enum: [drop, pick, Drop, no-such-value]"),
        "documented_outcome",
    ),
    "a record that keeps another state": (
        "ppl",
        identity.first,
        ("to: cancelled", "to: collected"),
        "documented_outcome",
    ),
}


@pytest.mark.parametrize("name", WEAKENED)
def test_a_family_finds_a_rule_that_is_broken(load: Load, name: str) -> None:
    api_name, family, change, check = WEAKENED[name]
    api = load(api_name)
    found = failures(probe(api, Sandbox([mutated(api, change)]), families=(family,)))
    assert check in {failure.check for failure in found}
