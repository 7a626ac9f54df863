"""Judge the answer to a request by what the model says that it must be."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from specloom.fuzz import checks
from specloom.fuzz.conformance import Breach, difference
from specloom.fuzz.machine.plan import Plan
from specloom.fuzz.machine.world import Verdict
from specloom.fuzz.scope import field_tokens, items, location_of
from specloom.spec import Operation
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import Distinct, Outcome, Within
from specloom.spec.expression import ABSENT

REASONS: Final[Mapping[str, str]] = {
    "success": "a valid request for a record in a state that allows it",
    "wrong-state": "a valid request for a record in a state that does not allow it",
    "invalid": "a request that is wrong in one place",
    "unknown-record": "a valid request for a record that the tenant does not have",
    "unauthenticated": "a request without a valid credential",
    "forbidden": "a request with a credential that may not call the operation",
}
"""What a request was that must have an outcome, in words."""


@attrs.frozen
class Judged:
    """An answer as the judge sees it: `body` is ABSENT where it is no JSON, `headers` have lower-case names."""

    status: int
    headers: Mapping[str, str]
    body: Any

    @classmethod
    def read(cls, status: int, headers: tuple[tuple[str, str], ...], content: bytes) -> Judged:
        """Return the answer with its body parsed."""
        try:
            body = json.loads(content)
        except ValueError:
            body = ABSENT
        return cls(status, {name.lower(): value for name, value in headers}, body)


def promised(plan: Plan, verdict: Verdict, scope: Mapping[str, Any]) -> Any:
    """Return the body that the spec promises for a success; ABSENT when it promises none."""
    if plan.success_body is None or not verdict.after:
        return ABSENT
    each = [{**one, "record": after} for one, after in zip(verdict.scopes, verdict.after, strict=True)]
    return plan.success_body({**(each[0] if len(each) == 1 else scope), "each": each})


def breaches(plan: Plan, verdict: Verdict, scope: Mapping[str, Any], answer: Judged, *, check: str) -> Iterator[Breach]:
    """Yield what is wrong with an answer; `check` is the name of the check if the outcome is another one."""
    operation, outcome = plan.operation, verdict.outcome
    documented = None if outcome is None else operation.answers.get(outcome)
    if outcome is None or documented is None:
        return
    if str(answer.status) != documented.status:
        name = "not_a_server_error" if answer.status >= 500 else check  # noqa: PLR2004 - RFC 9110, 15.6
        message = f"{REASONS[outcome]} was answered {answer.status}, not {documented.status}"
        yield Breach(name, message, documented.pointer)
        return
    if outcome == "success":
        yield from _success(plan, verdict, scope, answer)
    else:
        yield from _refusal(operation, outcome, verdict, scope, answer)


def _success(plan: Plan, verdict: Verdict, scope: Mapping[str, Any], answer: Judged) -> Iterator[Breach]:
    operation = plan.operation
    full = dict(scope) | {"response.header": answer.headers}
    if answer.body is not ABSENT:
        full["response.body"] = answer.body
    is_batch = operation.transition is not None and operation.transition.each is not None
    if len(verdict.after) == 1 and not is_batch and verdict.entries[0].complete:
        full["record"] = verdict.after[0]
    for message in checks.broken_ensures(operation, full):
        rule, _, rest = message.partition(": ")
        yield Breach("documented_ensures", rest, rule)
    expected = promised(plan, verdict, scope)
    if expected is ABSENT or answer.body is ABSENT:
        return  # whether there must be a body, and of which type, is judged by the schemas
    if found := difference(expected, answer.body):
        rule = f"{operation.answers['success'].pointer}/body"
        yield Breach("documented_ensures", f"the answer to a success: {found}", rule)


def _refusal(
    operation: Operation, outcome: Outcome, verdict: Verdict, scope: Mapping[str, Any], answer: Judged
) -> Iterator[Breach]:
    """Yield that an error does not name what is at fault, where the spec says that it does."""
    documented = operation.answers[outcome]
    response = operation.responses[documented.status]
    places = set(verdict.places) or set(_places(operation, outcome, verdict, scope))
    fields = checks.named_fields(response, answer.body) if answer.body is not ABSENT else None
    if not places or fields is None:
        return
    rule = f"{response.pointer}/x-faults"
    if not fields:
        yield Breach("fault_located", "the error names no field at fault", rule)
    elif not checks.names_a_fault(fields, places):
        wanted = " or ".join(sorted(".".join(tokens) for _, tokens in places))
        yield Breach("fault_located", f"the error names {', '.join(fields)}, and what is at fault is {wanted}", rule)


def _places(
    operation: Operation, outcome: Outcome, verdict: Verdict, scope: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield (location, tokens) of what an error must name, where the spec says so."""
    if outcome == "invalid":
        for constraint in operation.constraints:
            if isinstance(constraint, Distinct):
                yield from ((constraint.values.source, _tokens(at)) for at, _ in constraint.values.find(scope))
            elif isinstance(constraint, Within) and constraint.fault.field is not None:
                for index, each in enumerate(items(operation, scope)):
                    yield "body", field_tokens(str(constraint.fault.field({**each, "index": index})))
        return
    fault = operation.answers[outcome].fault
    if fault is None or operation.transition is None:
        return
    for index in verdict.at_fault:
        each = {**verdict.scopes[index], "index": index}
        if fault.field is not None:
            yield "body", field_tokens(str(fault.field(each)))
        else:
            # Any of the members that named the record may be said to be the one at fault.
            given = (value for _, value in operation.transition.match if value.first(each) is not ABSENT)
            places = (location_of(value, each.get("item_pointer", "")) for value in given)
            yield from ((location, _tokens(at)) for location, at in places)


def _tokens(pointer: str) -> tuple[str, ...]:
    return tuple(json_pointer.split(pointer))
