"""Write live records into a draft, so that it names what is there."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from specloom.fuzz.probes.draft import Draft
from specloom.fuzz.scope import items, location_of, member
from specloom.fuzz.targets import KnownRecord
from specloom.spec import Api, Operation
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import Transition, Within
from specloom.spec.expression import ABSENT


def bind(api: Api, draft: Draft, records: Sequence[KnownRecord], bodies: Sequence[Mapping[str, Any]]) -> Draft | None:
    """Return `draft` with its elements naming `records`, whose members are `bodies`; None when they do not fit.

    A batch is made as long as there are records, from its own elements in turn.
    """
    operation, transition = draft.operation, draft.operation.transition
    if transition is None:
        return draft
    parts = _Parts(dict(draft.path), dict(draft.query), dict(draft.headers), _resized(operation, draft, len(records)))
    scopes = items(operation, attrs.evolve(draft, body=parts.body).scope)
    if len(scopes) != len(records):
        return None
    for scope, body in zip(scopes, bodies, strict=True):
        at = scope.get("item_pointer", "")
        if not _name(parts, transition, api.records[transition.record].keys, at, body):
            return None
        _put_items(parts, operation, at, body)
    return attrs.evolve(
        draft, path=parts.path, query=parts.query, headers=parts.headers, body=parts.body, records=tuple(records)
    )


@attrs.define
class _Parts:
    path: dict[str, Any]
    query: dict[str, Any]
    headers: dict[str, Any]
    body: Any

    def get(self, part: str, pointer: str) -> Any:
        """Return the value at `pointer` of a part; ABSENT when there is none."""
        if part == "body":
            return ABSENT if self.body is ABSENT else member(self.body, pointer)
        holder = self._holder(part)
        name = json_pointer.split(pointer)[0]
        return next((value for key, value in holder.items() if _same(part, key, name)), ABSENT)

    def put(self, part: str, pointer: str, value: Any) -> None:
        """Write `value` at `pointer` of a part."""
        if part == "body":
            json_pointer.put(self.body, pointer, value)
            return
        holder = self._holder(part)
        name = json_pointer.split(pointer)[0]
        holder[next((key for key in holder if _same(part, key, name)), name)] = value

    def drop(self, part: str, pointer: str) -> None:
        """Leave a parameter out."""
        if part != "body":
            holder, name = self._holder(part), json_pointer.split(pointer)[0]
            for key in [each for each in holder if _same(part, each, name)]:
                del holder[key]

    def _holder(self, part: str) -> dict[str, Any]:
        return {"path": self.path, "query": self.query, "header": self.headers}[part]


def _same(part: str, left: str, right: str) -> bool:
    return left.lower() == right.lower() if part == "header" else left == right


def _name(parts: _Parts, transition: Transition, keys: Sequence[str], at: str, record: Mapping[str, Any]) -> bool:
    """Write the members that a record is found by; say whether a key of it is among them."""
    named = False
    absent: list[tuple[str, str, Any]] = []
    for pointer, expression in transition.match:
        part, place = location_of(expression, at)
        value = member(record, pointer)
        if parts.get(part, place) is ABSENT:
            if pointer in keys and value is not ABSENT:
                absent.append((part, place, value))
        elif value is ABSENT:
            parts.drop(part, place)
        else:
            parts.put(part, place, value)
            named = named or pointer in keys
    if not named and absent and not (absent[0][0] == "body" and not isinstance(parts.body, dict)):
        parts.put(*absent[0])
        named = True
    return named


def _put_items(parts: _Parts, operation: Operation, at: str, record: Mapping[str, Any]) -> None:
    """Take the values that have to be within those of the record from the record (`x-constraints`)."""
    for constraint in operation.constraints:
        if not isinstance(constraint, Within) or parts.body is ABSENT:
            continue
        allowed = [value for _, value in constraint.of.find({"record": record})]
        root = at if constraint.values.root == "item" else ""
        for index, (pointer, value) in enumerate(json_pointer.find(parts.body, root + constraint.values.pointer)):
            chosen = allowed[index % len(allowed)] if allowed else ABSENT
            if isinstance(value, dict) and isinstance(chosen, dict):
                value |= {name: chosen[name] for name in constraint.members if name in chosen}
            elif chosen is not ABSENT:
                json_pointer.put(parts.body, pointer, chosen)


def _resized(operation: Operation, draft: Draft, count: int) -> Any:
    """Return a copy of the body with a batch of `count` elements; where there is no batch, a copy of the body."""
    each = operation.transition.each if operation.transition else None
    body = ABSENT if draft.body is ABSENT else copy.deepcopy(draft.body)
    if each is None or body is ABSENT or each.root != "request.body" or not each.pointer.endswith("/*"):
        return body
    array = each.pointer.removesuffix("/*")
    elements = member(body, array)
    if isinstance(elements, list) and elements and "*" not in json_pointer.split(array):
        # One by one: what two elements share would be one thing in the copy of both.
        resized = [copy.deepcopy(elements[index % len(elements)]) for index in range(count)]
        if not array:
            return resized
        json_pointer.put(body, array, resized)
    return body
