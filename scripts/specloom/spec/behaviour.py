"""What an operation does, as its `x-` keywords say it (specs/README.md, "Behaviour"), as plain values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import attrs

from specloom.spec import pointer as json_pointer
from specloom.spec.expression import Expression, Template, parse, template

Outcome = Literal["success", "invalid", "unauthenticated", "forbidden", "unknown-record", "wrong-state"]


@attrs.frozen
class SeedGroup:
    """Some records of a fresh sandbox: `count` of them, made from `record` with `$n` counting up from `start`."""

    tenant: str
    count: int
    start: str
    record: Template = attrs.field(repr=False)
    state: str | None = None


@attrs.frozen
class RecordKind:
    """A kind of record that operations act on (`x-records`)."""

    name: str
    pointer: str
    keys: tuple[str, ...]
    state: str
    seeds: tuple[SeedGroup, ...]

    @property
    def schema_pointer(self) -> str:
        """Where the JSON Schema of such a record stands."""
        return f"{self.pointer}/schema"

    def seeded(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield (tenant, record) for every record of a fresh sandbox."""
        for group in self.seeds:
            for number in range(int(group.start), int(group.start) + group.count):
                record = group.record({"n": str(number).zfill(len(group.start))})
                if group.state is not None:
                    json_pointer.put(record, self.state, group.state)
                yield group.tenant, record


@attrs.frozen
class Transition:
    """Which records an operation moves, from which states to which, and what else it sets (`x-transition`)."""

    record: str
    each: Expression | None
    match: tuple[tuple[str, Expression], ...]
    from_states: tuple[str, ...]
    to_state: str
    changes: tuple[tuple[str, Template], ...] = attrs.field(repr=False)


@attrs.frozen
class Fault:
    """How an error names what is at fault: its message, and its field where that is not the place of the value."""

    message: Template = attrs.field(repr=False)
    field: Template | None = attrs.field(default=None, repr=False)


@attrs.frozen
class AnyGiven:
    """At least one of the values must be given."""

    values: tuple[Expression, ...]
    fault: Fault
    pointer: str


@attrs.frozen
class Distinct:
    """No two of the values may be equal."""

    values: Expression
    fault: Fault
    pointer: str


@attrs.frozen
class Within:
    """Each of the values, reduced to `members`, must be among those of the record."""

    values: Expression
    of: Expression
    members: tuple[str, ...]
    fault: Fault
    pointer: str


Constraint = AnyGiven | Distinct | Within


@attrs.frozen
class Answer:
    """Which documented response answers an outcome, and how it is filled in (`x-answers`)."""

    status: str
    pointer: str
    example: str | None = None
    body: Template | None = attrs.field(default=None, repr=False)
    headers: tuple[tuple[str, tuple[Template, ...]], ...] = attrs.field(default=(), repr=False)
    fault: Fault | None = None


@attrs.frozen
class FaultLayout:
    """Where and how the body of an error response names what is at fault (`x-faults`)."""

    at: str
    entry: Template = attrs.field(repr=False)
    notation: Literal["brackets", "dots"]
    source: Any = attrs.field(default=None, repr=False)


@attrs.frozen
class Ensure:
    """What a success ensures: all that `left` finds equals what `right` finds at the same wildcards (`x-ensures`)."""

    text: str
    left: Expression
    right: Expression | None
    literal: Any = None


def read_records(document: Mapping[str, Any]) -> dict[str, RecordKind]:
    """Read `x-records` of an OpenAPI document that satisfies the vocabulary's schema."""
    return {
        name: RecordKind(
            name=name,
            pointer=f"/x-records/{name}",
            keys=tuple(kind["keys"]),
            state=kind["state"],
            seeds=tuple(
                SeedGroup(
                    group["tenant"], group["count"], group["start"], template(group["record"]), group.get("state")
                )
                for group in kind["seeds"]
            ),
        )
        for name, kind in document.get("x-records", {}).items()
    }


def read_transition(source: Mapping[str, Any]) -> Transition:
    """Read an `x-transition`."""
    return Transition(
        record=source["record"],
        each=parse(source["each"]) if "each" in source else None,
        match=tuple((pointer, parse(text)) for pointer, text in source["match"].items()),
        from_states=tuple(source["from"]),
        to_state=source["to"],
        changes=tuple((pointer, template(value)) for pointer, value in source.get("set", {}).items()),
    )


def read_constraint(source: Mapping[str, Any], pointer: str) -> Constraint:
    """Read one element of `x-constraints`, which stands at `pointer`."""
    fault = _fault(source["fault"])
    if "any-given" in source:
        return AnyGiven(tuple(parse(text) for text in source["any-given"]), fault, pointer)
    if "distinct" in source:
        return Distinct(parse(source["distinct"]), fault, pointer)
    return Within(parse(source["within"]), parse(source["of"]), tuple(source["members"]), fault, pointer)


def read_answer(source: Mapping[str, Any], pointer: str) -> Answer:
    """Read one member of `x-answers`, which stands at `pointer`."""
    return Answer(
        status=source["status"],
        pointer=pointer,
        example=source.get("example"),
        body=template(source["body"]) if "body" in source else None,
        headers=tuple(
            (name, tuple(template(text) for text in ([value] if isinstance(value, str) else value)))
            for name, value in source.get("headers", {}).items()
        ),
        fault=_fault(source["fault"]) if "fault" in source else None,
    )


def read_fault_layout(source: Mapping[str, Any]) -> FaultLayout:
    """Read an `x-faults`."""
    return FaultLayout(source["at"], template(source["entry"]), source["notation"], source["entry"])


def read_ensure(text: str) -> Ensure:
    """Read one line of `x-ensures`; raise ValueError when it is not `EXPRESSION == EXPRESSION or JSON`."""
    left, separator, right = text.partition(" == ")
    if not separator:
        message = f"{text!r} has no ' == '"
        raise ValueError(message)
    if right.startswith("$"):
        return Ensure(text, parse(left), parse(right))
    return Ensure(text, parse(left), None, json.loads(right))


def _fault(source: Mapping[str, Any]) -> Fault:
    return Fault(template(source["message"]), template(source["field"]) if "field" in source else None)
