"""Tell from the spec which outcome a request must have, whatever a server makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from specloom.fuzz.live import Parts
from specloom.fuzz.scope import items, matched
from specloom.spec import Operation
from specloom.spec.behaviour import AnyGiven, Constraint, Distinct, Outcome, Within
from specloom.spec.equality import equal
from specloom.spec.expression import ABSENT

Find = Callable[[Mapping[str, Any]], Mapping[str, Any] | None]
"""Returns the record with the given members, by pointer; one of them must be a key."""


def refusal(operation: Operation, scope: Mapping[str, Any], find: Find) -> Outcome | None:
    """Return the outcome of a request that is valid by its schemas and has to be refused; None when it has not.

    That is decided in the order of specs/README.md, "How a request is judged", up to the first step that depends on
    the state of a record.
    """
    if any(_broken(constraint, scope) for constraint in operation.constraints):
        return "invalid"
    if operation.transition is None:
        return None
    scopes = items(operation, scope)
    records = [find(matched(operation, item)) for item in scopes]
    if None in records:
        return "unknown-record"
    for item, record in zip(scopes, records, strict=True):
        if any(_outside(constraint, {**item, "record": record}) for constraint in operation.constraints):
            return "invalid"
    return None


def is_certain(operation: Operation, location: str, place: tuple[str, ...], parts: Parts) -> bool:
    """Say whether a server has to see the fault at `place` of a request, however it reads the text of parameters.

    Servers differ on the integer in `+1` or `1.0`, on an empty parameter, and on all but text for a parameter.
    """
    if location != "query":
        return location == "body" and parts.body is not ABSENT
    value = parts.query.get(place[0], ABSENT)
    if value is ABSENT:
        return True
    declared = next(each.schema.get("type") for each in operation.parameters if each.name == place[0])
    return isinstance(value, str) and value != "" and (declared == "string" or value.isalpha())


def _broken(constraint: Constraint, scope: Mapping[str, Any]) -> bool:
    if isinstance(constraint, AnyGiven):
        return all(value.first(scope) is ABSENT for value in constraint.values)
    if isinstance(constraint, Distinct):
        return any(_repeated([value for _, value in constraint.values.find(scope)]))
    return False


def _outside(constraint: Constraint, scope: Mapping[str, Any]) -> bool:
    """Say whether a value is not among those of the record that it has to be within."""
    if not isinstance(constraint, Within):
        return False
    allowed = [_reduced(value, constraint.members) for _, value in constraint.of.find(scope)]
    return any(
        not any(equal(_reduced(value, constraint.members), other) for other in allowed)
        for _, value in constraint.values.find(scope)
    )


def _reduced(value: Any, members: tuple[str, ...]) -> Any:
    return {name: value[name] for name in members if name in value} if isinstance(value, dict) else value


def _repeated(values: list[Any]) -> Iterator[bool]:
    return (equal(value, other) for index, value in enumerate(values) for other in values[:index])
