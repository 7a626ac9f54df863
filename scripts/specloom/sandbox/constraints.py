"""Check the cross-field rules of an operation (`x-constraints`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from specloom.sandbox.faults import RequestFault
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import AnyGiven, Constraint, Distinct, Fault, Within
from specloom.spec.equality import equal
from specloom.spec.expression import ABSENT, Expression, Scope


def check_request(constraints: Iterable[Constraint], scope: Scope) -> Iterator[RequestFault]:
    """Yield what is wrong with a request by the constraints that need no record."""
    for constraint in constraints:
        if isinstance(constraint, AnyGiven):
            if all(value.first(scope) is ABSENT for value in constraint.values):
                yield named_fault(constraint.fault, constraint.values[0], scope)
        elif isinstance(constraint, Distinct):
            yield from _repeated(constraint, scope)


def check_record(constraints: Iterable[Constraint], scope: Scope) -> Iterator[RequestFault]:
    """Yield what is wrong with one element of a request by the constraints that need its record."""
    for constraint in constraints:
        if isinstance(constraint, Within):
            allowed = [_reduced(value, constraint.members) for _, value in constraint.of.find(scope)]
            for pointer, value in constraint.values.find(scope):
                if not any(equal(_reduced(value, constraint.members), other) for other in allowed):
                    found = {**scope, "value": value}
                    yield named_fault(constraint.fault, constraint.values, found, pointer)


def named_fault(fault: Fault, expression: Expression, scope: Scope, pointer: str | None = None) -> RequestFault:
    """Return `fault`, named after the place in the request that `expression` leads to.

    `pointer` says where below the root of the expression the value is, when that has wildcards.
    """
    tokens = tuple(json_pointer.split(expression.pointer if pointer is None else pointer))
    if expression.root == "item":
        tokens = (*scope.get("each_tokens", ()), *tokens)
    source = expression.source
    location: Any = source if source in {"path", "query", "header"} else "body"
    field = None if fault.field is None else fault.field(scope)
    return RequestFault(location, tokens, fault.message(scope), field)


def _repeated(constraint: Distinct, scope: Scope) -> Iterator[RequestFault]:
    seen: list[Any] = []
    for index, (pointer, value) in enumerate(constraint.values.find(scope)):
        if any(equal(value, other) for other in seen):
            yield named_fault(constraint.fault, constraint.values, {**scope, "value": value, "index": index}, pointer)
        seen.append(value)


def _reduced(value: Any, members: tuple[str, ...]) -> Any:
    return {name: value[name] for name in members if name in value} if isinstance(value, dict) else value
