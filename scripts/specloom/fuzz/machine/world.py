"""The reference model: the records of all tenants as plain values, and what a request makes of them by the spec."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

import attrs

from specloom.fuzz.conformance import UUID, time_within
from specloom.fuzz.expecting import refusal
from specloom.fuzz.scope import items, matched, member
from specloom.fuzz.targets import KnownRecord
from specloom.spec import Api, Operation
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import Outcome, Transition, Within
from specloom.spec.equality import equal
from specloom.spec.expression import ABSENT

Record = dict[str, Any]

NOW: Final = time_within(timedelta(days=1))
"""What `$now` gives, in records that are compared with answers up to the end of a run: no time of another day."""


@attrs.frozen
class Verdict:
    """What the spec says about a request: its outcome, None when the model cannot tell.

    `scopes` has a scope for each element, with the `record` as it is before; `at_fault` are the indexes of the elements
    for which the request is refused, `places` the (location, tokens) of what is wrong by a schema. `after` are the
    records as a success leaves them.
    """

    outcome: Outcome | None
    scopes: tuple[dict[str, Any], ...] = ()
    entries: tuple[KnownRecord, ...] = ()
    after: tuple[Record, ...] = ()
    at_fault: tuple[int, ...] = ()
    places: frozenset[tuple[str, tuple[str, ...]]] = frozenset()


class World:
    """The records as they are by the model: those that a campaign found, and what its requests have changed since."""

    def __init__(self, api: Api, records: Iterable[KnownRecord]) -> None:
        """Take the records that are on the server."""
        self._api = api
        self.records = tuple(records)
        self._changed: dict[int, Record] = {}
        self._by_key: dict[tuple[str, str, str, str], list[KnownRecord]] = {}
        for record in self.records:
            for key in api.records[record.kind].keys:
                name = (record.kind, record.tenant, key, repr(member(record.body, key)))
                self._by_key.setdefault(name, []).append(record)

    def body(self, record: KnownRecord) -> Record:
        """Return a record as it is now."""
        return self._changed.get(id(record), record.body)

    def change(self, record: KnownRecord, body: Record) -> None:
        """Note that a record is `body` now."""
        self._changed[id(record)] = body

    def restore(self) -> None:
        """Bring all records back."""
        self._changed.clear()

    @property
    def is_changed(self) -> bool:
        """Whether any record has changed."""
        return bool(self._changed)

    def find(self, kind: str, tenant: str, given: Mapping[str, Any]) -> KnownRecord | None:
        """Return the record that has the members `given`, by pointer; one of them must be a key."""
        key = next((pointer for pointer in given if pointer in self._api.records[kind].keys), None)
        if key is None:
            return None
        for record in self._by_key.get((kind, tenant, key, repr(given[key])), ()):
            body = self.body(record)
            if all(equal(member(body, pointer), value) for pointer, value in given.items()):
                return record
        return None

    def judge(self, operation: Operation, tenant: str, scope: Mapping[str, Any]) -> Verdict:
        """Say what the spec says about a request that is valid by its schemas and carries a credential of `tenant`."""
        transition = operation.transition
        assert transition is not None  # noqa: S101 - only such operations are planned
        scopes = items(operation, scope)
        found = [self.find(transition.record, tenant, matched(operation, each)) for each in scopes]
        outcome = refusal(operation, scope, lambda given: self._body_of(transition.record, tenant, given))
        if outcome == "unknown-record":
            unknown = tuple(index for index, record in enumerate(found) if record is None)
            return Verdict(outcome, tuple(scopes), at_fault=unknown)
        entries = tuple(record for record in found if record is not None)
        if len(entries) < len(scopes) or not scopes:
            return Verdict(outcome, tuple(scopes))
        full = tuple(
            {**each, "record": self.body(record), "now": NOW, "uuid": UUID}
            for each, record in zip(scopes, entries, strict=True)
        )
        is_open = any(_is_open(operation, each, record) for each, record in zip(full, entries, strict=True))
        if is_open or outcome is not None:
            return Verdict(None if is_open else outcome, full, entries)
        state = self._api.records[transition.record].state
        states = [member(each["record"], state) for each in full]
        wrong = tuple(
            i for i, value in enumerate(states) if value not in transition.from_states and value is not ABSENT
        )
        if wrong:
            return Verdict("wrong-state", full, entries, at_fault=wrong)
        after = tuple(_moved(transition, state, each) for each in full)
        return Verdict("success", full, entries, after)

    def _body_of(self, kind: str, tenant: str, given: Mapping[str, Any]) -> Record | None:
        record = self.find(kind, tenant, given)
        return None if record is None else self.body(record)


def _is_open(operation: Operation, scope: Mapping[str, Any], record: KnownRecord) -> bool:
    """Say whether a rule between the request and the record is about members that are not known."""
    return not record.complete and any(
        isinstance(constraint, Within)
        and any(True for _ in constraint.values.find(scope))
        and not any(True for _ in constraint.of.find(scope))
        for constraint in operation.constraints
    )


def _moved(transition: Transition, state: str, scope: Mapping[str, Any]) -> Record:
    """Return the record of `scope` after the transition (specs/README.md, x-transition)."""
    body: Record = copy.deepcopy(scope["record"])
    json_pointer.put(body, state, transition.to_state)
    for pointer, template in transition.changes:
        value = template({**scope, "record": body})
        holder = json_pointer.join(*json_pointer.split(pointer)[:-1])
        # Nothing is appended to what is not known.
        if value is not ABSENT and (not pointer.endswith("/-") or isinstance(member(body, holder), list)):
            json_pointer.put(body, pointer, copy.deepcopy(value))
    return body
