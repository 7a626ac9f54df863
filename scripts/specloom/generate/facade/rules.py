"""Take from `x-constraints` what can be told from a request alone, before it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.generate.facade.plan import AnyGiven, Distinct, Location
from specloom.spec import Api, Operation
from specloom.spec.behaviour import AnyGiven as AnyGivenConstraint
from specloom.spec.behaviour import Distinct as DistinctConstraint
from specloom.spec.expression import Expression

_LOCATIONS: Final[dict[str, Location]] = {
    "request.path": "path",
    "request.query": "query",
    "request.header": "header",
    "request.body": "body",
}


def rules(api: Api, operation: Operation) -> Iterator[AnyGiven | Distinct]:
    """Yield the constraints of `operation` that neither a record nor a single element of a batch is needed for."""
    for constraint in operation.constraints:
        message = _message(api, constraint.pointer)
        if isinstance(constraint, AnyGivenConstraint) and all(each.root in _LOCATIONS for each in constraint.values):
            places = tuple((_LOCATIONS[each.root], each.pointer) for each in constraint.values)
            yield AnyGiven(places, message or f"give at least one of {', '.join(_named(constraint.values))}")
        elif isinstance(constraint, DistinctConstraint) and constraint.values.root == "request.body":
            place = constraint.values.pointer
            yield Distinct(
                place, message or f"no two values of {place.removeprefix('/').replace('/', '.')} may be equal"
            )


def _message(api: Api, pointer: str) -> str:
    """Return the message of the constraint at `pointer`, unless it is a template that has to be filled in."""
    message = str(api.document.at(pointer)["fault"]["message"])
    return "" if "$" in message else message


def _named(values: tuple[Expression, ...]) -> Iterator[str]:
    return (each.pointer.removeprefix("/").replace("/", ".") for each in values)
