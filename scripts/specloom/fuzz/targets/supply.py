"""Hand out the records that a campaign may act on, so that no two of its parts use up the same one unknowingly."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from specloom.fuzz.scope import member
from specloom.spec import Api, Operation
from specloom.spec.equality import equal
from specloom.spec.expression import ABSENT

Record = dict[str, Any]


@attrs.frozen(eq=False)
class KnownRecord:
    """A record that is on the server when a campaign starts.

    `complete` says that `body` has all its members: so do seeds, and not the records that a user lists by their keys.
    `act` says that a request may change it on a server that is not this machine.
    """

    kind: str
    tenant: str
    body: Record = attrs.field(repr=False)
    complete: bool = True
    act: bool = False


class Supply:
    """The records of all tenants as a campaign finds them, and which of them its requests have acted on.

    There is one for each campaign. Its parts `take` what they are going to change, and `restore` all after a reset.
    """

    def __init__(self, api: Api, listed: Iterable[KnownRecord] | None = None) -> None:
        """Take the records that a user lists; without a list, the records are those that the spec seeds."""
        self._api = api
        self.is_listed = listed is not None
        self.records = tuple(_seeded(api) if listed is None else listed)
        # What the spec seeds may be there as well, although nobody lists it: it is never taken for unknown.
        self._named = _by_key(api, (*self.records, *(_seeded(api) if self.is_listed else ())))
        self._used: set[int] = set()

    def of(self, kind: str, tenant: str) -> list[KnownRecord]:
        """Return the records of `kind` that `tenant` has."""
        return [record for record in self.records if (record.kind, record.tenant) == (kind, tenant)]

    def find(self, kind: str, tenant: str, given: Mapping[str, Any]) -> KnownRecord | None:
        """Return the record with the members `given`, by pointer; one of them must be a key."""
        key = next((pointer for pointer in given if pointer in self._api.records[kind].keys), None)
        if key is None:
            return None
        for record in self._named.get(_name(kind, tenant, key, given[key]), ()):
            found = {pointer: member(record.body, pointer) for pointer in given}
            if all(equal(found[p], given[p]) or (found[p] is ABSENT and not record.complete) for p in given):
                return record
        return None

    def is_named(self, kind: str, key: str, value: Any) -> bool:
        """Say whether a record of any tenant is known to have `value` at the pointer `key`."""
        return any(_name(kind, tenant, key, value) in self._named for tenant in self._tenants())

    def ready(self, operation: Operation, tenant: str) -> list[KnownRecord]:
        """Return the records that `operation` can act on now, and that no request has acted on."""
        return [
            record
            for record in self._of(operation, tenant)
            if id(record) not in self._used and self._allows(operation, record)
        ]

    def refused(self, operation: Operation, tenant: str) -> list[KnownRecord]:
        """Return the records that `operation` cannot act on because of their state as the campaign found it."""
        return [record for record in self._of(operation, tenant) if not self._allows(operation, record)]

    def take(self, operation: Operation, tenant: str, count: int = 1) -> list[KnownRecord]:
        """Return up to `count` records that are ready, and note that they are used."""
        taken = self.ready(operation, tenant)[:count]
        self.use(taken)
        return taken

    def use(self, records: Iterable[KnownRecord]) -> None:
        """Note that a request may have changed these records."""
        self._used |= {id(record) for record in records}

    def is_used(self, record: KnownRecord) -> bool:
        """Say whether a request may have changed this record."""
        return id(record) in self._used

    def restore(self) -> None:
        """Note that all records are again as the campaign found them."""
        self._used.clear()

    def _of(self, operation: Operation, tenant: str) -> list[KnownRecord]:
        return [] if operation.transition is None else self.of(operation.transition.record, tenant)

    def _allows(self, operation: Operation, record: KnownRecord) -> bool:
        transition = operation.transition
        state = member(record.body, self._api.records[record.kind].state)
        # Of a record that is listed without its state, the user says that it can be acted on.
        return transition is not None and (state in transition.from_states or state is ABSENT)

    def _tenants(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self._api.tenants, *(record.tenant for record in self.records))))


def _seeded(api: Api) -> Iterator[KnownRecord]:
    for kind in api.records.values():
        for tenant, body in kind.seeded():
            yield KnownRecord(kind.name, tenant, body)


def _by_key(api: Api, records: Iterable[KnownRecord]) -> dict[tuple[str, str, str, str], list[KnownRecord]]:
    found: dict[tuple[str, str, str, str], list[KnownRecord]] = {}
    for record in records:
        for key in api.records[record.kind].keys:
            value = member(record.body, key)
            if value is not ABSENT:
                found.setdefault(_name(record.kind, record.tenant, key, value), []).append(record)
    return found


def _name(kind: str, tenant: str, key: str, value: Any) -> tuple[str, str, str, str]:
    return kind, tenant, key, json.dumps(value, sort_keys=True)
