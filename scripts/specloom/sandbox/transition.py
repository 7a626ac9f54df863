"""Judge the transition that a request asks for (`x-transition`): find its records, check them, say what they become."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from specloom.sandbox.constraints import check_record, named_fault
from specloom.sandbox.faults import RequestFault
from specloom.sandbox.store import Record, Store
from specloom.spec import Api, Operation
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import Fault, Outcome, RecordKind, Transition
from specloom.spec.equality import equal
from specloom.spec.expression import ABSENT, Expression, Scope


@attrs.frozen
class Refusal:
    """Why a transition was refused: the outcome, and what is at fault."""

    outcome: Outcome
    faults: tuple[RequestFault, ...] = ()


@attrs.define
class Move:
    """What a transition comes to: each record with its new body, named for people, and with its scope.

    It is never changed.
    """

    changes: tuple[tuple[Record, dict[str, Any]], ...]
    names: tuple[str, ...]
    scopes: tuple[Scope, ...]


class Transitioner:
    """Judges the transition of one operation."""

    def __init__(self, api: Api, operation: Operation, transition: Transition, store: Store) -> None:
        """Take an operation of `api`, its transition, and the store that holds the records."""
        self._api = api
        self._operation = operation
        self._transition = transition
        self._kind: RecordKind = api.records[transition.record]
        self._store = store

    async def judge(self, tenant: str, scope: Scope) -> Move | Refusal:
        """Return what becomes of the records that the request names, without changing them. Raises StoreError."""
        each = self._transition.each
        scopes: Sequence[Scope] = (scope,) if each is None else tuple(self._items(scope, each))
        found = await self._find(tenant, scopes)
        if isinstance(found, Refusal):
            return found
        scopes = [{**item, "record": record.body} for item, record in zip(scopes, found, strict=True)]
        refusal = self._judge(scopes)
        if refusal is not None:
            return refusal
        scopes = tuple([self._changed(item) for item in scopes])
        bodies = [item["record"] for item in scopes]
        return Move(tuple(zip(found, bodies, strict=True)), tuple([self._name(body) for body in bodies]), scopes)

    def _name(self, body: Any) -> str:
        key = _member(body, self._kind.keys[0])
        return f"{self._kind.name} {key if isinstance(key, str) and key.isprintable() else json.dumps(key)}"

    def _items(self, scope: Scope, each: Expression) -> Iterator[Scope]:
        """Yield a scope for each element of the batch."""
        for index, (pointer, value) in enumerate(each.find(scope)):
            yield {**scope, "item": value, "index": index, "each_tokens": tuple(json_pointer.split(pointer))}

    async def _find(self, tenant: str, scopes: Sequence[Scope]) -> list[Record] | Refusal:
        found, unknown = [], []
        for scope in scopes:
            record = await self._record(tenant, scope)
            if record is None:
                unknown.append(scope)
            else:
                found.append(record)
        return Refusal("unknown-record", tuple(self._faults("unknown-record", unknown))) if unknown else found

    async def _record(self, tenant: str, scope: Scope) -> Record | None:
        """Return the record that has every member the request gives; one of them at least is a key."""
        given = []
        key = None
        for pointer, expression in self._transition.match:
            value = expression.first(scope)
            if value is not ABSENT:
                given.append((pointer, value))
                if key is None and pointer in self._kind.keys:
                    key = (pointer, value)
        if key is None:
            return None
        record = await self._store.find(self._api.name, self._kind.name, tenant, key)
        if record is None:
            return None
        for pointer, value in given:
            if not equal(_member(record.body, pointer), value):
                return None
        return record

    def _judge(self, scopes: Sequence[Scope]) -> Refusal | None:
        if self._operation.constraints:
            faults = [fault for scope in scopes for fault in check_record(self._operation.constraints, scope)]
            if faults:
                return Refusal("invalid", tuple(faults))
        states = self._transition.from_states
        wrong = [scope for scope in scopes if _member(scope["record"], self._kind.state) not in states]
        if wrong:
            return Refusal("wrong-state", tuple(self._faults("wrong-state", wrong)))
        return None

    def _faults(self, outcome: Outcome, scopes: Sequence[Scope]) -> Iterator[RequestFault]:
        """Yield the fault of `outcome` for each scope, named after the first given member that should match."""
        answer = self._operation.answers.get(outcome)
        fault: Fault | None = None if answer is None else answer.fault
        if fault is None:
            return
        for scope in scopes:
            expressions = [value for _, value in self._transition.match]
            given = next((value for value in expressions if value.first(scope) is not ABSENT), expressions[0])
            yield named_fault(fault, given, scope)

    def _changed(self, scope: Scope) -> Scope:
        """Return `scope` with its record as it is after the transition; a change whose value is absent is left out."""
        body: dict[str, Any] = scope["record"].copy()
        json_pointer.put_copied(body, self._kind.state, self._transition.to_state)
        after = {**scope, "record": body}
        for pointer, value in self._transition.changes:
            filled = value(after)
            if filled is not ABSENT:
                json_pointer.put_copied(body, pointer, filled)
        return after


def _member(body: Any, pointer: str) -> Any:
    try:
        return json_pointer.get(body, pointer)
    except LookupError:
        return ABSENT
