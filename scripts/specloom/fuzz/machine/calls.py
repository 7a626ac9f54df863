"""Say what a step of the state machine does as a plain value, and write it out as a request for records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

import attrs

from specloom.fuzz.live import Parts
from specloom.fuzz.machine.plan import Given, Plan
from specloom.fuzz.machine.shapes import Edit
from specloom.fuzz.scope import location_of, member
from specloom.fuzz.targets import KnownRecord
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import Within
from specloom.spec.expression import ABSENT

Pass = Literal["own", "missing", "altered", "forbidden"]


@attrs.frozen
class Slot:
    """A record by its tenant, the state in which the campaign found it, and its number among those."""

    kind: str
    tenant: str
    state: str | None
    index: int


@attrs.frozen
class Target:
    """What an element of a request names: a record, or none that there is.

    `named` numbers the choice of members that name the record (`Plan.choices`). `unknown` numbers a change of its key
    to one that no record has, `mismatch` takes one of the members from another record, `shape` numbers the form of the
    element (`Shapes.valid`), and `foreign` numbers a member of it that is given a value which the record does not have.
    """

    slot: Slot
    named: int = 0
    unknown: int | None = None
    mismatch: bool = False
    shape: int = 0
    foreign: int | None = None


@attrs.frozen
class Call:
    """A request of the machine: which operation, as which tenant, for which records, with what wrong with it."""

    operation: str
    tenant: str
    targets: tuple[Target, ...]
    extras: int = 0
    credential: Pass = "own"
    edit: int | None = None
    bare: bool = False


def compose(
    plan: Plan, call: Call, records: Mapping[Slot, Mapping[str, Any]], known: list[KnownRecord]
) -> Parts | None:
    """Return the parts of the request for `call`, whose slots hold `records`; None when there is none of that kind.

    `known` are records of which a member can be taken to name another one.
    """
    shapes = plan.shapes
    elements = [shapes.valid[target.shape % len(shapes.valid)] if shapes.valid else {} for target in call.targets]
    has_body = plan.operation.body is not None and not (call.bare and shapes.optional)
    parts = Parts({}, dict(plan.extras[call.extras % len(plan.extras)]), {}, ABSENT)
    parts.headers = {name: parts.query.pop(name) for name in plan.header_names if name in parts.query}
    if has_body:
        parts.body = shapes.body(elements) if shapes.valid else ABSENT
    for index, target in enumerate(call.targets):
        base = f"{shapes.array}/{index}" if shapes.array else ""
        given = _given(plan, target, records[target.slot], known)
        if given is None:
            return None
        for expression, value in given:
            _put(parts, *location_of(expression, base), value)
        applied = has_body and _put_items(plan, parts.body, base, target, records[target.slot])
        if target.foreign is not None and not applied:
            return None
    if call.edit is not None:
        return _edited(plan, parts, call.edit)
    return parts


def _given(plan: Plan, target: Target, record: Mapping[str, Any], known: list[KnownRecord]) -> list[Any] | None:
    """Return (expression, value) of the members that name the target."""
    given = _named(plan, target.named, record)
    if not given:
        return None
    if target.unknown is not None:
        values = plan.unknown(given, target.unknown)
        if values is None:
            return None
        given = [(pointer, expression, values.get(pointer, value)) for pointer, expression, value in given]
    elif target.mismatch:
        changed = plan.mismatched(given, known)
        if changed is None:
            return None
        given = changed
    return [(expression, value) for _, expression, value in given]


def _named(plan: Plan, number: int, record: Mapping[str, Any]) -> Given:
    """Return the members of a choice with a key that the record has, from the choice `number` on; none without one."""
    for index in range(len(plan.choices)):
        choice = plan.choices[(number + index) % len(plan.choices)]
        given = [(pointer, expression, member(record, pointer)) for pointer, expression in choice]
        given = [each for each in given if each[2] is not ABSENT]
        if any(pointer in plan.kind.keys for pointer, _, _ in given):
            return given
    return []


def _put(parts: Parts, location: str, pointer: str, value: Any) -> None:
    if location == "body":
        if parts.body is not ABSENT:
            json_pointer.put(parts.body, pointer, value)
        return
    name = json_pointer.split(pointer)[0]
    text = value if isinstance(value, str) else json.dumps(value)
    if location == "header":
        parts.headers = {**parts.headers, name: text}
    else:
        (parts.path if location == "path" else parts.query)[name] = text


def _put_items(plan: Plan, body: Any, base: str, target: Target, record: Mapping[str, Any]) -> bool:
    """Take the values that have to be within those of the record from the record; say if any is foreign."""
    is_foreign = False
    for constraint in plan.operation.constraints:
        if not isinstance(constraint, Within):
            continue
        allowed = [value for _, value in constraint.of.find({"record": record})]
        root = base if constraint.values.root == "item" else ""
        for index, (pointer, value) in enumerate(json_pointer.find(body, root + constraint.values.pointer)):
            chosen = allowed[(index + target.shape) % len(allowed)] if allowed else {}
            if isinstance(value, dict) and isinstance(chosen, dict):
                value |= {name: chosen[name] for name in constraint.members if name in chosen}
                if target.foreign is not None:
                    name = constraint.members[target.foreign % len(constraint.members)]
                    value[name] = f"{value.get(name)}0"
                    is_foreign = True
            elif target.foreign is None:
                json_pointer.put(body, pointer, chosen)
    return is_foreign


def _edited(plan: Plan, parts: Parts, number: int) -> Parts | None:
    edits: tuple[Edit, ...] = plan.shapes.edits
    if not edits or parts.body is ABSENT:
        return None
    edit = edits[number % len(edits)]
    body = edit.apply(parts.body)
    if body is ABSENT:
        return None
    return Parts(parts.path, parts.query, parts.headers, body)
