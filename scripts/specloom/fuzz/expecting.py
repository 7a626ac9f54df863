"""Tell from the spec which outcome a request must have, whatever a server makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from specloom.fuzz.scope import items, matched
from specloom.spec import Operation
from specloom.spec.behaviour import AnyGiven, Constraint, Distinct, Outcome
from specloom.spec.equality import equal
from specloom.spec.expression import ABSENT

Exists = Callable[[Mapping[str, Any]], bool]
"""Says whether there is a record with the given members, by pointer; one of them must be a key."""


def refusal(operation: Operation, scope: Mapping[str, Any], exists: Exists) -> Outcome | None:
    """Return the outcome of a request that is valid by its schemas and has to be refused; None when it has not.

    That is decided in the order of specs/README.md, "How a request is judged", up to the first step that depends on
    what a record is like at the moment.
    """
    if any(_broken(constraint, scope) for constraint in operation.constraints):
        return "invalid"
    if operation.transition is not None and not all(
        exists(matched(operation, item)) for item in items(operation, scope)
    ):
        return "unknown-record"
    return None


def _broken(constraint: Constraint, scope: Mapping[str, Any]) -> bool:
    if isinstance(constraint, AnyGiven):
        return all(value.first(scope) is ABSENT for value in constraint.values)
    if isinstance(constraint, Distinct):
        return any(_repeated([value for _, value in constraint.values.find(scope)]))
    return False


def _repeated(values: list[Any]) -> Iterator[bool]:
    return (equal(value, other) for index, value in enumerate(values) for other in values[:index])
