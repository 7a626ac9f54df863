"""Rules on the records of a fresh sandbox: valid, and enough of them to test with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import attrs

from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import RecordKind
from specloom.spec.lint.subject import Breach, Subject

# More than the largest batch of the APIs, 100, so that a batch one too long can be made of records that exist.
_ENOUGH: Final = 150


def records_are_valid(subject: Subject) -> Iterator[Breach]:
    """S26."""
    for kind in subject.api.records.values():
        states = _states(subject, kind)
        if states is None:
            message = f"the records of kind {kind.name} have no list of states at {kind.state}"
            yield Breach(kind.schema_pointer, message, "give the member there an enum of the states")
        else:
            yield from _unknown_states(subject, kind, states)
        seen: set[tuple[str, str, Any]] = set()
        for pointer, tenant, records in _groups(kind):
            yield from _invalid_record(subject, kind, pointer, records)
            yield from _repeated_key(kind, pointer, tenant, records, seen)


def records_are_enough(subject: Subject) -> Iterator[Breach]:
    """S27."""
    for kind in subject.api.records.values():
        tenants = {group.tenant for group in kind.seeds}
        if len(tenants) < 2:  # noqa: PLR2004 - two tenants, so that one can be kept from the other's records
            yield Breach(f"{kind.pointer}/seeds", "all records are one tenant's", "add records of a second tenant")
        transitions = [
            (operation.label, operation.transition.from_states)
            for operation in subject.api.operations
            if operation.transition is not None and operation.transition.record == kind.name
        ]
        states = [(tenant, _found(record, kind.state)) for _, tenant, records in _groups(kind) for record in records]
        startable = [state for _, starts in transitions for state in starts]
        most = max(Counter(tenant for tenant, state in states if state in startable).values(), default=0)
        if transitions and most < _ENOUGH:
            message = f"no tenant has more than {most} records of kind {kind.name} that a transition can start from"
            yield Breach(f"{kind.pointer}/seeds", message, f"give one tenant at least {_ENOUGH}")
        for label, starts in transitions:
            if all(state in starts for _, state in states):
                message = f"no record of kind {kind.name} is in a state in which {label} is refused"
                yield Breach(f"{kind.pointer}/seeds", message, "add some in another state")


def _groups(kind: RecordKind) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Yield (pointer, tenant, records) of each group of seeds."""
    for index, group in enumerate(kind.seeds):
        records = [record for _, record in attrs.evolve(kind, seeds=(group,)).seeded()]
        yield f"{kind.pointer}/seeds/{index}", group.tenant, records


def _invalid_record(
    subject: Subject, kind: RecordKind, pointer: str, records: list[dict[str, Any]]
) -> Iterator[Breach]:
    validator = subject.schemas.validator(kind.schema_pointer)
    for record in records:
        for error in validator.iter_errors(record):
            where = json_pointer.join(*(str(token) for token in error.instance_path))
            yield Breach(f"{pointer}/record{where}", f"not a {kind.name}: {error.message}", "correct record or schema")
            return  # the records of a group are alike, and so are their errors


def _repeated_key(
    kind: RecordKind, pointer: str, tenant: str, records: list[dict[str, Any]], seen: set[tuple[str, str, Any]]
) -> Iterator[Breach]:
    for key in kind.keys:
        for record in records:
            value = _found(record, key)
            if not isinstance(value, str | int) or (tenant, key, value) in seen:
                message = f"{key} of a record is {value!r}, which is no key or that of another one"
                yield Breach(f"{pointer}/record", message, "write a string with {$n} in it, and keep the ranges apart")
                break
            seen.add((tenant, key, value))


def _unknown_states(subject: Subject, kind: RecordKind, states: list[Any]) -> Iterator[Breach]:
    for operation in subject.api.operations:
        transition, pointer = operation.transition, f"{operation.pointer}/x-transition"
        if transition is None or transition.record != kind.name:
            continue
        named = [(f"{pointer}/from/{index}", state) for index, state in enumerate(transition.from_states)]
        for place, state in [*named, (f"{pointer}/to", transition.to_state)]:
            if state not in states:
                message = f"a {kind.name} has no state {state!r}"
                yield Breach(place, message, f"choose from: {', '.join(str(known) for known in states)}")


def _states(subject: Subject, kind: RecordKind) -> list[Any] | None:
    """Return the states that the schema of `kind` lists; None when it lists none."""
    pointer = kind.schema_pointer
    for token in json_pointer.split(kind.state):
        pointer, schema = subject.document.resolve(pointer)
        if token not in schema.get("properties", {}):
            return None
        pointer += json_pointer.join("properties", token)
    states: list[Any] | None = subject.resolved(pointer).get("enum")
    return states


def _found(record: dict[str, Any], pointer: str) -> Any:
    return next((value for _, value in json_pointer.find(record, pointer)), None)
