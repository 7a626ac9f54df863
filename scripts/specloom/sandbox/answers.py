"""Write the documented answer to an outcome (`x-answers`, `x-faults`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from specloom.sandbox.faults import FaultWriter, RequestFault
from specloom.sandbox.message import Headers, Reply, json_reply, problem
from specloom.spec import Operation, Response
from specloom.spec.behaviour import Answer, Outcome
from specloom.spec.expression import ABSENT, Scope


class Answerer:
    """Writes the answers of one operation."""

    def __init__(self, operation: Operation) -> None:
        """Take an operation whose answers name responses that it declares."""
        self._operation = operation
        self._writers = {
            status: FaultWriter(response.faults)
            for status, response in operation.responses.items()
            if response.faults is not None
        }

    def answer(
        self, outcome: Outcome, scope: Scope, faults: Sequence[RequestFault] = (), headers: Headers = ()
    ) -> Reply:
        """Return the documented answer to `outcome`, naming `faults`; problem details where none is documented."""
        answer = self._operation.answers.get(outcome)
        if answer is None:
            return problem(_STATUS[outcome], "; ".join(fault.message for fault in faults) or outcome, headers=headers)
        response = self._operation.responses[answer.status]
        body = _body(answer, response, scope)
        if faults and answer.status in self._writers:
            body = self._writers[answer.status].write(body, faults)
        return _reply(response, body, (*headers, *_headers(answer, scope)))

    def example(self, status: str | None, name: str | None) -> Reply:
        """Return an example of a declared response: that of `status` (else the success) called `name` (else the first).

        Raises LookupError, with a message for people, when the operation declares no such response or example.
        """
        candidates = [
            response
            for response in self._operation.responses.values()
            if (response.status == status if status else name or response.status.startswith("2"))
        ]
        if not candidates:
            raise LookupError(f"{self._operation.label} declares no response {status}")
        for response in candidates:
            example = response.example(name)
            if example is not None:
                return _reply(response, example.value, _required_headers(response))
        if name is not None:
            raise LookupError(f"{self._operation.label} has no example {name!r}")
        return _reply(candidates[0], ABSENT, _required_headers(candidates[0]))


_STATUS: dict[Outcome, int] = {
    "success": 200,
    "invalid": 400,
    "unauthenticated": 401,
    "forbidden": 403,
    "unknown-record": 404,
    "wrong-state": 409,
}
"""What answers an outcome for which a spec documents nothing: the statuses of RFC 9110."""


def _body(answer: Answer, response: Response, scope: Scope) -> Any:
    if answer.body is not None:
        return answer.body(scope)
    example = response.example(answer.example)
    return ABSENT if example is None else example.value


def _headers(answer: Answer, scope: Scope) -> Headers:
    """Return the headers of an answer; each is the first of its alternatives that is there."""
    found = (
        (name, next((v for v in (t(scope) for t in values) if v is not ABSENT), ABSENT))
        for name, values in answer.headers
    )
    return tuple((name.lower(), str(value)) for name, value in found if value is not ABSENT)


def _required_headers(response: Response) -> Headers:
    return tuple((header.name.lower(), "sandbox") for header in response.headers if header.required)


def _reply(response: Response, body: Any, headers: Headers) -> Reply:
    status = int(response.status) if response.status.isdigit() else 200
    if body is ABSENT or not response.media_types:
        return Reply(status, headers)
    return json_reply(status, body, media_type=response.media_types[0].name, headers=headers)
