"""Write the documented answer to an outcome (`x-answers`, `x-faults`), or what a spec without them documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs

from specloom.sandbox.faults import FaultWriter, RequestFault
from specloom.sandbox.message import Headers, Reply, body_bytes, header_text, problem
from specloom.sandbox.responses import RETRY_AFTER, Responder
from specloom.spec import Operation
from specloom.spec.behaviour import Answer, Outcome
from specloom.spec.expression import ABSENT, Scope, Template

STATUS: Final[Mapping[Outcome, int]] = {
    "success": 200,
    "invalid": 400,
    "unauthenticated": 401,
    "forbidden": 403,
    "unknown-record": 404,
    "wrong-state": 409,
}
"""What answers an outcome for which a spec documents nothing: the statuses of RFC 9110."""

_DECLARED: Final[Mapping[Outcome, tuple[str, ...]]] = {
    "invalid": ("422", "400", "4XX", "default"),
    "unauthenticated": ("401", "4XX", "default"),
    "forbidden": ("403", "4XX", "default"),
}
"""Which declared response answers an outcome where the spec has no behaviour, the first there is (as Prism has it)."""


class Answerer:
    """Writes the answers of one operation."""

    def __init__(self, operation: Operation, responder: Responder) -> None:
        """Take an operation whose answers name responses that it declares, and what writes those responses."""
        self._operation = operation
        self._responder = responder
        self._plans = {outcome: _plan(operation, answer) for outcome, answer in operation.answers.items()}

    def answer(
        self, outcome: Outcome, scope: Scope, faults: Sequence[RequestFault] = (), headers: Headers = ()
    ) -> Reply:
        """Return the documented answer to `outcome`, naming `faults`; problem details where none is documented."""
        plan = self._plans.get(outcome)
        if plan is None:
            return self._declared(outcome, faults, headers)
        headers = (*headers, *filled_headers(plan.headers, scope))
        if faults and plan.faults is not None:
            return plan.reply(plan.faults.write(plan.value(scope), faults), headers)
        if plan.body is not None:
            return plan.reply(plan.body(scope), headers)
        return Reply(plan.status, (*plan.fixed_headers, *headers), plan.fixed)

    def unsupported(self, detail: str, header: tuple[str, str]) -> Reply:
        """Return the answer to a body in a media type that is not taken; `header` says which would be."""
        return self._fitting(("415", "4XX", "default"), 415, detail, (header,))

    def unavailable(self) -> Reply:
        """Return 503 in the shape of the documented server errors, else of other errors, else problem details."""
        declared = self._operation.responses
        others = sorted((each for each in declared if each[0] in "45"), key=lambda each: (-int(each[0]), each))
        for status in ("503", "5XX", *others, "default"):
            if status in declared and declared[status].media_types:
                reply = self._responder.reply(status, 503)
                return attrs.evolve(reply.with_headers([RETRY_AFTER]), status=503)
        return problem(503, "the sandbox cannot use its database at the moment", headers=[RETRY_AFTER])

    def headers(self, status: int, scope: Scope) -> Headers:
        """Return the headers that the answers of this status have."""
        templates = [each for plan in self._plans.values() if plan.status == status for each in plan.headers]
        return filled_headers(list(dict(templates).items()), scope)

    def _declared(self, outcome: Outcome, faults: Sequence[RequestFault], headers: Headers) -> Reply:
        """Answer an outcome that the spec says nothing of; by a response that fits it if the spec has no behaviour."""
        detail = "; ".join(f"{fault.name('dots')}: {fault.message}" for fault in faults)
        return self._fitting(_DECLARED.get(outcome, ()), STATUS[outcome], detail or outcome, headers)

    def _fitting(self, statuses: Sequence[str], code: int, detail: str, headers: Headers) -> Reply:
        """Return the first of these responses that a spec without behaviour declares, else problem details."""
        for status in () if self._operation.answers else statuses:
            if status in self._operation.responses:
                return self._responder.reply(status, code).with_headers(headers)
        return problem(code, detail, headers=headers)


@attrs.frozen
class _Plan:
    """All that is known of an answer before there is a request; without `body` it is always `fixed`."""

    status: int
    media_type: str
    fixed: bytes
    fixed_headers: Headers
    example: Any
    body: Template | None
    headers: tuple[tuple[str, tuple[Template, ...]], ...]
    faults: FaultWriter | None

    def value(self, scope: Scope) -> Any:
        """Return the body as a JSON value."""
        return self.example if self.body is None else self.body(scope)

    def reply(self, value: Any, headers: Headers) -> Reply:
        """Return the answer with this body."""
        return Reply(self.status, (*self.fixed_headers, *headers), body_bytes(self.media_type, value))


def _plan(operation: Operation, answer: Answer) -> _Plan:
    response = operation.responses[answer.status]
    example = response.example(answer.example)
    value = ABSENT if example is None else example.value
    has_body = response.media_types and not (answer.body is None and value is ABSENT)
    media_type = response.media_types[0].name if has_body else ""
    return _Plan(
        status=int(answer.status) if answer.status.isdigit() else 200,
        media_type=media_type,
        fixed=b"" if value is ABSENT or not media_type else body_bytes(media_type, value),
        fixed_headers=(("content-type", media_type),) if media_type else (),
        example=value,
        body=answer.body if media_type else None,
        headers=tuple((name.lower(), templates) for name, templates in answer.headers),
        faults=FaultWriter(response.faults) if response.faults is not None and media_type else None,
    )


def filled_headers(headers: Sequence[tuple[str, tuple[Template, ...]]], scope: Scope) -> Headers:
    """Return the headers of an answer (name, alternatives): each is the first alternative that is there."""
    found = []
    for name, templates in headers:
        for template in templates:
            value = template(scope)
            if value is not ABSENT:
                found.append((name, header_text(value)))
                break
    return tuple(found)
