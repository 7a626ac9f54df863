"""Ways in which a server misreads a request or breaks a batch."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import attrs

from specloom.sandbox import Sandbox
from specloom.sandbox.message import Reply, Request

from .faulty import FaultySandbox

Ask = Callable[[Request], Request]


def reads_header(name: str, change: Callable[[str], str]) -> Ask:
    return lambda request: attrs.evolve(
        request, headers=tuple((key, change(value) if key == name else value) for key, value in request.headers)
    )


def reads_body(change: Callable[[bytes], bytes]) -> Ask:
    return lambda request: attrs.evolve(request, body=change(request.body))


def reads_path(change: Callable[[str], str]) -> Ask:
    return lambda request: attrs.evolve(request, path=change(request.path))


def stripped(text: str) -> bytes:
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


def cut(value: str) -> str:
    """Return a header of HTTP Basic as a server reads it that compares no more than the length of the password."""
    try:
        pair = base64.b64decode(value.removeprefix("Basic "), validate=True)
    except ValueError:
        return value
    return "Basic " + base64.b64encode(pair[: len("sandbox-north:sandbox-north-secret")]).decode()


def of_north(request: Request) -> Request:
    headers = tuple((k, v.replace("south", "north") if k == "authorization" else v) for k, v in request.headers)
    return attrs.evolve(request, headers=headers)


def first_only(request: Request, reply: Reply, sandbox: Sandbox) -> Reply:
    """Move the first order of a batch that is refused for another one."""
    assert isinstance(sandbox, FaultySandbox)
    orders = json.loads(request.body)["orders"] if reply.status == 404 and b'"orders"' in request.body else []
    for order in orders[:1]:
        name = ("/order_id", order["order_id"])
        record = sandbox.store.find("fuuffy", "pickpack", "north", name)
        if record is not None:
            sandbox.store.change(record, status="PICKPACK_REJECTED")
    return reply
