"""Tell from the spec what must come of a request, in the order of specs/README.md, "How a request is judged"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from specloom.fuzz.conformance import Location
from specloom.fuzz.probes.draft import Draft
from specloom.fuzz.probes.places import body_places
from specloom.fuzz.probes.world import Entry, World, moved
from specloom.fuzz.scope import field_tokens, items, location_of, matched, member
from specloom.fuzz.writing import chosen
from specloom.spec import Api, Operation, Schemas
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import AnyGiven, Distinct, Fault, Outcome, Within
from specloom.spec.equality import equal
from specloom.spec.expression import ABSENT, Expression

Scope = Mapping[str, Any]


@attrs.frozen
class Verdict:
    """The outcome that a request must have, and the places of which an error must name one, where it names any.

    Of a success, `entries` are the records that it moves, and `scopes` has a scope for each in which `record` is as it
    must be afterwards.
    """

    outcome: Outcome
    places: tuple[Location, ...] = ()
    entries: tuple[Entry, ...] = ()
    scopes: tuple[Scope, ...] = ()


class Oracle:
    """Judges requests by the spec of an API and the records that are known."""

    def __init__(self, api: Api, schemas: Schemas, world: World) -> None:
        """Take the schemas of the document, and the records."""
        self._api = api
        self._schemas = schemas
        self._world = world

    def verdict(self, draft: Draft, tenant: str) -> Verdict:
        """Return what must come of a request of `tenant`."""
        operation = draft.operation
        places = tuple(self._invalid(draft)) or tuple(_broken(operation, draft.scope))
        if places:
            return Verdict("invalid", places)
        transition = operation.transition
        if transition is None:
            return Verdict("success", scopes=(draft.scope,))
        kind = self._api.records[transition.record]
        scopes = [{**scope, "index": index} for index, scope in enumerate(items(operation, draft.scope))]
        found = [self._world.find(kind, tenant, matched(operation, scope)) for scope in scopes]
        unknown = [scope for scope, entry in zip(scopes, found, strict=True) if entry is None]
        if unknown:
            return Verdict("unknown-record", tuple(self._places(operation, "unknown-record", unknown)))
        entries = tuple(entry for entry in found if entry is not None)
        scopes = [{**scope, "record": entry.body} for scope, entry in zip(scopes, entries, strict=True)]
        places = tuple(place for scope in scopes for place in _outside(operation, scope))
        if places:
            return Verdict("invalid", places)
        # Of a record that is listed without its state, the user says that it can be acted on.
        states = (*transition.from_states, ABSENT)
        wrong = [scope for scope in scopes if member(scope["record"], kind.state) not in states]
        if wrong:
            return Verdict("wrong-state", tuple(self._places(operation, "wrong-state", wrong)))
        after = tuple({**scope, "record": moved(transition, kind, scope)} for scope in scopes)
        return Verdict("success", (), entries, after)

    def is_valid(self, draft: Draft) -> bool:
        """Say whether a request satisfies its schemas and the constraints that need no record."""
        return not any(self._invalid(draft)) and not any(_broken(draft.operation, draft.scope))

    def _invalid(self, draft: Draft) -> Iterator[Location]:
        operation = draft.operation
        for parameter in operation.parameters:
            name = parameter.name.lower() if parameter.location == "header" else parameter.name
            value = draft.scope.get(f"request.{parameter.location}", {}).get(name, ABSENT)
            part = "header" if parameter.location == "cookie" else parameter.location
            if value is ABSENT:
                if parameter.required:
                    yield Location(part, (parameter.name,))
            elif not self._schemas.validator(parameter.schema_pointer).is_valid(value):
                yield Location(part, (parameter.name,))
        body = operation.body
        if body is not None and draft.body is ABSENT and body.required:
            yield Location("body")
        elif body is not None and draft.body is not ABSENT and (media_type := chosen(body.media_types)) is not None:
            pointer = media_type.schema_pointer
            if pointer is not None and not self._schemas.validator(pointer).is_valid(draft.body):
                yield from body_places(self._api.document, self._schemas, pointer, draft.body)

    def _places(self, operation: Operation, outcome: Outcome, scopes: list[dict[str, Any]]) -> Iterator[Location]:
        """Yield where the fault of an outcome is: any of the members that should have matched may be named."""
        answer = operation.answers.get(outcome)
        if answer is None or answer.fault is None or operation.transition is None:
            return
        for scope in scopes:
            if answer.fault.field is not None:
                yield _explicit("body", answer.fault, scope)
                continue
            for _, expression in operation.transition.match:
                if expression.first(scope) is not ABSENT:
                    at = scope.get("item_pointer", "")
                    yield _location(expression, at, _message(answer.fault, scope))


def _broken(operation: Operation, scope: Scope) -> Iterator[Location]:
    """Yield where the constraints are broken that need no record."""
    for constraint in operation.constraints:
        if isinstance(constraint, AnyGiven):
            if all(value.first(scope) is ABSENT for value in constraint.values):
                explicit = constraint.fault.field is not None
                values = constraint.values
                if explicit:
                    yield _explicit(values[0].source, constraint.fault, scope)
                else:
                    yield from (_location(value, "", _message(constraint.fault, scope)) for value in values)
        elif isinstance(constraint, Distinct):
            yield from _repeated(constraint, scope)


def _repeated(constraint: Distinct, scope: Scope) -> Iterator[Location]:
    """Yield the places of equal values; any of them may be named as the one that is there twice."""
    found = list(constraint.values.find(scope))
    for index, (pointer, value) in enumerate(found):
        if any(equal(value, other) for at, (_, other) in enumerate(found) if at != index):
            if constraint.fault.field is not None:
                yield _explicit(constraint.values.source, constraint.fault, {**scope, "value": value, "index": index})
            else:
                part = constraint.values.source
                part = part if part in {"path", "query", "header"} else "body"
                message = _message(constraint.fault, {**scope, "value": value, "index": index})
                yield Location(part, _tokens(pointer), message=message)


def _outside(operation: Operation, scope: Scope) -> Iterator[Location]:
    """Yield the places of values that are not among those of the record."""
    for constraint in operation.constraints:
        if not isinstance(constraint, Within):
            continue
        allowed = [_reduced(value, constraint.members) for _, value in constraint.of.find(scope)]
        for pointer, value in constraint.values.find(scope):
            if any(equal(_reduced(value, constraint.members), other) for other in allowed):
                continue
            if constraint.fault.field is not None:
                yield _explicit("body", constraint.fault, {**scope, "value": value})
            else:
                base = scope.get("item_pointer", "") if constraint.values.root == "item" else ""
                message = _message(constraint.fault, {**scope, "value": value})
                yield Location("body", _tokens(base + pointer), message=message)


def _explicit(part: str, fault: Fault, scope: Scope) -> Location:
    assert fault.field is not None  # noqa: S101 - its callers ask before
    part = part if part in {"path", "query", "header"} else "body"
    return Location(part, field_tokens(str(fault.field(scope))), is_explicit=True, message=_message(fault, scope))


def _location(expression: Expression, item_pointer: str, message: str) -> Location:
    part, pointer = location_of(expression, item_pointer)
    return Location(part if part in {"path", "query", "header"} else "body", _tokens(pointer), message=message)


def _message(fault: Fault, scope: Scope) -> str:
    return str(fault.message(scope))


def _tokens(pointer: str) -> tuple[str, ...]:
    return tuple(json_pointer.split(pointer))


def _reduced(value: Any, members: tuple[str, ...]) -> Any:
    return {name: value[name] for name in members if name in value} if isinstance(value, dict) else value
