"""Each family of probes finds a server that is broken in its way, also where records can neither be read nor reset."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from specloom.fuzz.probes import (
    batches,
    bodies,
    guards,
    identity,
    parameters,
    preferred,
    raw,
    routes,
    states,
)
from specloom.sandbox.message import Reply

from .faulty import FaultySandbox, Load, on, rewritten, with_member
from .misreading import cut, first_only, of_north, reads_body, reads_header, reads_path, stripped
from .probing import failures, probe

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
        {"ask": reads_path(lambda path: path.replace("%20", "").replace("%0A", ""))},
        False,
    ),
    "a key of any case": (
        "hypertrack",
        identity.unknown,
        "documented_outcome",
        {"ask": reads_path(lambda path: path.lower())},
        False,
    ),
    "a token of any case": (
        "ppl",
        guards.wrong,
        "credentials_required",
        {"ask": reads_header("authorization", lambda value: f"Bearer {value.lower().removeprefix('bearer ')}")},
        False,
    ),
    "a longer password": (
        "hypertrack",
        guards.wrong,
        "credentials_required",
        {"ask": reads_header("authorization", cut)},
        False,
    ),
    "a scheme in lower case that is refused": (
        "fastpod",
        guards.accepted,
        "documented_outcome",
        {"ask": reads_header("authorization", lambda value: value if value.startswith("Bearer") else "none")},
        False,
    ),
    "one tenant for all": ("fuuffy", guards.tenants, "tenant_isolation", {"ask": of_north}, False),
    "a forbidden credential that is let in": (
        "fuuffy",
        guards.forbidden,
        "credentials_required",
        {"ask": reads_header("authorization", lambda value: value.replace("viewer", "token"))},
        False,
    ),
    "a token after two spaces that is refused": (
        "fastpod",
        guards.accepted,
        "documented_outcome",
        {"ask": reads_header("authorization", lambda value: "none" if "  " in value else value)},
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
        {"answer": first_only},
        True,
    ),
    "the same, where no record can be read": (
        "fuuffy",
        batches.atomic,
        "documented_outcome",
        {"answer": first_only},
        False,
    ),
    "spaces around texts that are taken away": (
        "fuuffy",
        bodies.invalid,
        "documented_outcome",
        {"ask": reads_body(lambda body: stripped(body.decode("utf-8", "replace")))},
        False,
    ),
    "a body that is read up to its end alone": (
        "ppl",
        raw.malformed,
        "documented_outcome",
        {"ask": reads_body(lambda body: body[: body.rfind(b"}") + 1])},
        False,
    ),
    "NaN that is null": (
        "hypertrack",
        raw.words,
        "documented_outcome",
        {"ask": reads_body(lambda body: body.replace(b"NaN", b"null"))},
        False,
    ),
    "any media type": (
        "ppl",
        raw.media_types,
        "documented_outcome",
        {"ask": reads_header("content-type", lambda _: "application/json")},
        False,
    ),
    "a media type without parameters alone": (
        "ppl",
        raw.media_types,
        "documented_outcome",
        {"ask": reads_header("content-type", lambda value: value if ";" not in value else "text/plain")},
        False,
    ),
    "a header of any case": (
        "ppl",
        parameters.invalid,
        "documented_outcome",
        {"ask": reads_header("x-loglevel", lambda value: value.capitalize())},
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
        {"ask": reads_path(lambda path: path.removesuffix("/x"))},
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
        {"ask": reads_header("prefer", lambda _: "handling=strict")},
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
