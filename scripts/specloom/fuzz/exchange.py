"""One request of a campaign and its answer, judged by the behaviour that the spec describes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from specloom.fuzz import checks
from specloom.fuzz.live import Parts, Splicer
from specloom.fuzz.scope import member, request_scope
from specloom.spec import Operation
from specloom.spec.behaviour import Outcome, RecordKind
from specloom.spec.expression import ABSENT


@attrs.frozen
class Sent:
    """A request that was sent: its operation, its parts, the outcome that it must have, if that is known."""

    operation: Operation
    parts: Parts
    expected: Outcome | None
    is_probe: bool

    @property
    def scope(self) -> dict[str, Any]:
        """The scope of the request."""
        parts = self.parts
        return request_scope(self.operation, parts.path, parts.query, parts.headers, parts.body)


@attrs.frozen
class Answer:
    """What came back; `body` is ABSENT where it is no JSON."""

    status: int
    headers: Mapping[str, str]
    body: Any
    content: bytes = attrs.field(default=b"", repr=False)

    @classmethod
    def read(cls, status: int, headers: Mapping[str, str], content: bytes) -> Answer:
        """Return the answer with its body parsed."""
        try:
            body = json.loads(content)
        except ValueError:
            body = ABSENT
        return cls(status, headers, body, content)


def is_success(operation: Operation, status: int) -> bool:
    """Say whether `status` is that of the documented success."""
    success = operation.answers.get("success")
    return 200 <= status < 300 if success is None else str(status) == success.status  # noqa: PLR2004 - RFC 9110, 15.3


def wrong_outcome(sent: Sent, answer: Answer) -> str | None:
    """Say how the status differs from that of the outcome which the request must have."""
    documented = None if sent.expected is None else sent.operation.answers.get(sent.expected)
    if documented is None or str(answer.status) == documented.status:
        return None
    reason = {
        "success": "a valid request for a record in a state that allows it",
        "wrong-state": "the same request again, after it had succeeded",
        "invalid": "a request with a body that is wrong, or against a rule between its members",
        "unknown-record": "a valid request for a record that there is not",
    }.get(str(sent.expected), str(sent.expected))
    return f"{reason} was answered {answer.status}, not {documented.status} ({documented.pointer})"


def unmoved(operation: Operation, kind: RecordKind | None, records: Iterable[Mapping[str, Any]]) -> str | None:
    """Say that a success left a record in a state that is not the one it leads to; `records` are as they are now."""
    transition = operation.transition
    if transition is None or kind is None:
        return None
    for record in records:
        state = member(record, kind.state)
        if state != transition.to_state:
            place = f"{operation.pointer}/x-transition/to"
            return f"the request succeeded, and yet a record is {state} afterwards, not {transition.to_state} ({place})"
    return None


def broken_ensures(sent: Sent, answer: Answer, record: dict[str, Any] | None) -> str | None:
    """Say what a success did not ensure; `record` is the record afterwards, if it could be read."""
    if sent.is_probe or not is_success(sent.operation, answer.status):
        return None
    scope = sent.scope | {"response.header": answer.headers}
    if answer.body is not ABSENT:
        scope["response.body"] = answer.body
    if record is not None:
        scope["record"] = record
    return "\n".join(checks.broken_ensures(sent.operation, scope)) or None


def unlocated_fault(sent: Sent, answer: Answer, splicer: Splicer) -> str | None:
    """Say that an error for an invalid request does not name a field at fault, where the spec says that it must."""
    invalid = sent.operation.answers.get("invalid")
    if sent.is_probe or invalid is None or str(answer.status) != invalid.status:
        return None
    response = sent.operation.responses[invalid.status]
    fields = checks.named_fields(response, answer.body)
    if fields is None:
        return None
    if not fields:
        return f"the error names no field at fault ({response.pointer}/x-faults)"
    faults = splicer.faults(sent.parts)
    if checks.names_a_fault(fields, faults):
        return None
    places = ", ".join(sorted(f"{location} {'.'.join(place)}".strip() for location, place in faults))
    return f"the error names {', '.join(fields)}, and what is at fault is {places} ({response.pointer}/x-faults)"
