"""Choose records that an operation can act on, and write them into a request."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from random import Random
from typing import Any

import attrs

from specloom.fuzz.control import ControlPlane
from specloom.fuzz.scope import items, location_of, member, request_scope
from specloom.fuzz.targets import KnownRecord, Supply
from specloom.spec import Api, Operation, Schemas
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import Within
from specloom.spec.expression import ABSENT, Expression

Record = dict[str, Any]


class LiveRecords:
    """The records of one tenant: as a campaign found them, or as the control plane has them now."""

    def __init__(self, api: Api, control: ControlPlane, supply: Supply, tenant: str) -> None:
        """Take the API, its control plane, the records of all tenants, and the tenant whose credential is used."""
        self._api = api
        self._control = control
        self._supply = supply
        self._tenant = tenant or next(iter(api.tenants), "")
        self._ready: dict[str, list[KnownRecord]] = {}

    def of(self, operation: Operation) -> list[Record]:
        """Return the records that `operation` can act on and that no other part of the campaign has used up."""
        if operation.label not in self._ready:
            self._ready[operation.label] = self._supply.ready(operation, self._tenant)
        return [record.body for record in self._ready[operation.label]]

    def find(self, operation: Operation, given: Mapping[str, Any]) -> Record | None:
        """Return the record, as it was found, that has the members `given`, one of which must be a key."""
        transition = operation.transition
        if transition is None:
            return None
        found = self._supply.find(transition.record, self._tenant, given)
        return None if found is None else found.body

    def read(self, operation: Operation, given: Mapping[str, Any]) -> Record | None:
        """Return the record that has the members `given` as it is at this moment; None when that cannot be told."""
        transition = operation.transition
        if transition is None or not self._control.available:
            return None
        kind = self._api.records[transition.record]
        key = next((pointer for pointer in given if pointer in kind.keys), None)
        return None if key is None else self._control.record(kind.name, self._tenant, key, given[key])


@attrs.define
class Parts:
    """The parts of a request that records are written into; `body` is ABSENT when there is none."""

    path: dict[str, Any]
    query: dict[str, Any]
    headers: Mapping[str, Any]
    body: Any


class Splicer:
    """Writes records into the requests of one operation, so that they name what is there."""

    def __init__(self, api: Api, operation: Operation, schemas: Schemas) -> None:
        """Take an operation with a transition, and the schemas of its document."""
        self._operation = operation
        self._keys = api.records[operation.transition.record].keys if operation.transition else ()
        self._schemas = schemas

    def splice(
        self, parts: Parts, records: list[Record], random: Random, frozen: frozenset[str], *, within: bool
    ) -> Parts | None:
        """Return `parts` with the members of different records in them; None when they do not fit.

        What is in a location of `frozen` is wrong on purpose, and is left as it is. In a body that is wrong on purpose,
        members that are not themselves at fault are still written, so that its fault is the only one. `within` says
        whether to take from the record what has to be within it (`x-constraints`).
        """
        new = copy.deepcopy(parts)
        wrong_body = "body" in frozen
        scopes = items(self._operation, self._scope(new))
        if not scopes or len(scopes) > len(records):
            return None
        for scope, record in zip(scopes, random.sample(records, len(scopes)), strict=True):
            pointer = scope.get("item_pointer", "")
            if not self._write_match(new, record, pointer, random, frozen) and not wrong_body:
                return None
            if within:
                self._write_items(new, record, pointer, present_only=wrong_body)
        return None if wrong_body and self.faults(new) != self.faults(parts) else new

    def faults(self, parts: Parts) -> set[tuple[str, tuple[str, ...]]]:
        """Return (location, tokens) of all that is wrong with a request by its schemas."""
        found = set()
        scope = self._scope(parts)
        for parameter in self._operation.parameters:
            name = parameter.name.lower() if parameter.location == "header" else parameter.name
            value = scope.get(f"request.{parameter.location}", {}).get(name, ABSENT)
            if value is ABSENT:
                missing = parameter.required
            elif isinstance(value, str) and type(value) is not str:
                missing = False  # a list, say, that schemathesis has written as text, and not what its schema is for
            else:
                missing = not self._schemas.validator(parameter.schema_pointer).is_valid(value)
            if missing:
                found.add((str(parameter.location), (parameter.name,)))
        return found | {("body", tokens) for tokens in self._body_faults(parts.body)}

    def _scope(self, parts: Parts) -> dict[str, Any]:
        return request_scope(self._operation, parts.path, parts.query, parts.headers, parts.body)

    def _body_faults(self, body: Any) -> set[tuple[str, ...]]:
        description = self._operation.body
        if description is None:
            return set()
        if body is ABSENT:
            return {()} if description.required else set()
        pointer = description.media_types[0].schema_pointer
        if pointer is None:
            return set()
        return {tuple(str(token) for token in error.instance_path) for error in self._schemas.errors(pointer, body)}

    def _write_match(
        self, parts: Parts, record: Record, item_pointer: str, random: Random, frozen: frozenset[str]
    ) -> bool:
        """Write the members that a record is found by; return whether a key of it is in the request afterwards."""
        transition = self._operation.transition
        assert transition is not None  # noqa: S101 - a splicer is made for operations with a transition
        written = False
        absent_keys: list[tuple[str, Expression]] = []
        for pointer, expression in transition.match:
            location, at = location_of(expression, item_pointer)
            if self._value(parts, location, at) is ABSENT:
                absent_keys += [(pointer, expression)] if pointer in self._keys else []
            elif location not in frozen or location == "body":
                self._put(parts, location, at, member(record, pointer))
                written = written or pointer in self._keys
        if not written and absent_keys:
            pointer, expression = random.choice(absent_keys)
            location, at = location_of(expression, item_pointer)
            if location not in frozen and (location != "body" or isinstance(parts.body, dict)):
                self._put(parts, location, at, member(record, pointer))
                written = True
        return written

    def _write_items(self, parts: Parts, record: Record, item_pointer: str, *, present_only: bool) -> None:
        """Take the values that have to be within those of the record from the record."""
        for constraint in self._operation.constraints:
            if not isinstance(constraint, Within):
                continue
            allowed = [value for _, value in constraint.of.find({"record": record})]
            root = item_pointer if constraint.values.root == "item" else ""
            for index, (pointer, value) in enumerate(json_pointer.find(parts.body, root + constraint.values.pointer)):
                chosen = allowed[index % len(allowed)] if allowed else {}
                if isinstance(value, dict) and isinstance(chosen, dict):
                    names = [name for name in constraint.members if name in value or not present_only]
                    value |= {name: chosen[name] for name in names if name in chosen}
                elif not present_only:
                    json_pointer.put(parts.body, pointer, chosen)

    @staticmethod
    def _value(parts: Parts, location: str, pointer: str) -> Any:
        if location == "body":
            return ABSENT if parts.body is ABSENT else member(parts.body, pointer)
        return member({"path": parts.path, "query": parts.query, "header": parts.headers}[location], pointer)

    @staticmethod
    def _put(parts: Parts, location: str, pointer: str, value: Any) -> None:
        if location == "body":
            json_pointer.put(parts.body, pointer, value)
        elif location != "header":
            holder = parts.path if location == "path" else parts.query
            holder[json_pointer.split(pointer)[0]] = value if isinstance(value, str) else str(value)
