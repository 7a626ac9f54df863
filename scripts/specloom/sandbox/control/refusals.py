"""Say what is wrong with a request to the control plane, each part of it by name and JSON Pointer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import attrs

from specloom.sandbox.faults import RequestFault
from specloom.sandbox.message import Reply, problem
from specloom.spec import pointer as json_pointer


class UnknownError(Exception):
    """What the path names does not exist; the message says what."""


def refused(status: int, faults: Sequence[RequestFault], *, what: str = "") -> Reply:
    """Return problem details (RFC 9457) that name `faults` in the member `errors`, the first also in words."""
    first, more = faults[0], len(faults) - 1
    detail = f"{what}{first.message}{_at(first)}" + (f" (and {more} more)" if more else "")
    reply = problem(status, detail)
    value = {**json.loads(reply.body), "errors": [_error(fault) for fault in faults]}
    return attrs.evolve(reply, body=json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _at(fault: RequestFault) -> str:
    return f" at {json_pointer.join(*fault.tokens) or 'the root of the body'}" if fault.location == "body" else ""


def _error(fault: RequestFault) -> dict[str, Any]:
    pointer = {"pointer": json_pointer.join(*fault.tokens)} if fault.location == "body" else {}
    return {"in": fault.location, "field": fault.name("dots"), **pointer, "message": fault.message}
