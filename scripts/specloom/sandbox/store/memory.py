"""Keep a store in the memory of one process, for as long as that lives."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Sequence
from itertools import count, islice
from typing import Any

import attrs
from pydantic_core import from_json

from specloom.sandbox.store import cutting
from specloom.sandbox.store.interface import Entry, Record, Store
from specloom.sandbox.store.rows import Row, entry_row, json_text, read_entry
from specloom.sandbox.store.seeds import seeds_of
from specloom.spec import Api
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import RecordKind

_Key = tuple[str, str, Any]


@attrs.define
class _Table:
    """The records of one kind by their id, oldest first, and what a reset needs: the seeds, and what is changed."""

    keys: tuple[str, ...]
    seeds: dict[int, Record] = attrs.field(factory=dict)
    records: dict[int, Record] = attrs.field(factory=dict)
    by_key: dict[_Key, int] = attrs.field(factory=dict)
    changed: set[int] = attrs.field(factory=set)
    is_rearranged: bool = False

    def add(self, record: Record) -> None:
        self.records[record.id] = record
        for key in self.keys_of(record.tenant, record.body):
            self.by_key[key] = record.id

    def keys_of(self, tenant: str, body: dict[str, Any]) -> list[_Key]:
        return [(tenant, pointer, _hashable(json_pointer.get(body, pointer))) for pointer in self.keys]

    def remove(self, number: int) -> None:
        record = self.records.pop(number)
        for key in self.keys_of(record.tenant, self.seeds.get(number, record).body):
            del self.by_key[key]
        self.changed.discard(number)
        self.is_rearranged = True

    def reset(self) -> None:
        for number in self.changed:
            kept = self.records[number]
            self.records[number] = attrs.evolve(kept, version=kept.version + 1, body=self.seeds[number].body)
        self.changed.clear()
        if self.is_rearranged:
            kept_records, self.records, self.by_key = self.records, {}, {}
            for number, seed in self.seeds.items():
                self.add(kept_records.get(number, seed))
            self.is_rearranged = False


class MemoryStore(Store):
    """A store in memory, none of whose calls waits for anything."""

    starts_anywhere = True

    def __init__(self) -> None:
        """Start with nothing."""
        self._digests: dict[str, str] = {}
        self._tables: dict[tuple[str, str], _Table] = {}
        self._homes: dict[int, _Table] = {}
        self._numbers = count(1)
        self._journal: deque[tuple[int, Row, int]] = deque()
        self._last = 0
        self._size = 0

    def seed(self, api: Api) -> None:
        """Fill in the seeds of `api` if they are not there yet; seeds that the spec changed replace all its records."""
        seeds, digest = seeds_of(api)
        if self._digests.get(api.name) == digest:
            return
        for name in [name for name in self._tables if name[0] == api.name]:
            for number in [*self._tables[name].records, *self._tables.pop(name).seeds]:
                self._homes.pop(number, None)
        self._digests[api.name] = digest
        for kind, tenant, body in seeds:
            table = self._table(api.name, kind)
            record = self._record(table, tenant, body)
            table.seeds[record.id] = record
            table.add(record)

    async def find(self, api: str, kind: str, tenant: str, key: tuple[str, Any]) -> Record | None:
        """Return the tenant's record of `kind` whose member at the pointer `key[0]` is `key[1]`."""
        table = self._tables.get((api, kind))
        number = None if table is None else table.by_key.get((tenant, key[0], _hashable(key[1])))
        return None if table is None or number is None else table.records[number]

    async def commit(self, changes: Sequence[tuple[Record, dict[str, Any]]], entry: Entry) -> bool:
        """Write the new bodies of all records, and `entry`, unless any record has changed since it was read."""
        homes = self._homes
        if len(changes) > 1 and len({record.id for record, _ in changes}) < len(changes):
            return False
        for record, _ in changes:
            home = homes.get(record.id)
            if home is None or home.records.get(record.id) is not record:
                return False
        for record, body in changes:
            home = homes[record.id]
            home.records[record.id] = Record(record.id, record.tenant, record.version + 1, body)
            home.changed.add(record.id)
        self._enter(entry)
        return True

    async def write(self, entry: Entry) -> None:
        """Add `entry` to the journal."""
        self._enter(entry)

    async def journal(  # noqa: PLR0913 - one filter each
        self,
        *,
        api: str | None = None,
        operation: str | None = None,
        status: int | None = None,
        tenant: str | None = None,
        after: int = 0,
        limit: int = 100,
        newest: bool = False,
    ) -> list[Entry]:
        """Return the entries that pass the filters and whose number is greater than `after`, oldest first."""
        wanted = (api, operation, tenant, status)
        entries = (
            read_entry((number, *row))
            for number, row, _ in (reversed(self._journal) if newest else self._journal)
            if number > after
            and all(asked in {None, told} for asked, told in zip(wanted, (*row[1:4], row[8]), strict=True))
        )
        found = list(islice(entries, limit))
        return found[::-1] if newest else found

    async def last_entry(self) -> int:
        """Return the number of the last entry of the journal; 0 when there is none."""
        return self._last

    async def records(self, api: str, kind: str, tenant: str | None = None) -> list[tuple[str, dict[str, Any]]]:
        """Return (tenant, body) of the records of `kind`, those of one tenant or of all, oldest first."""
        texts = self._texts(api, kind)
        return [(owner, from_json(text)) for owner, text in texts if tenant in {None, owner}]

    async def put(self, api: str, kind: RecordKind, tenant: str, body: dict[str, Any]) -> None:
        """Add a record in place of those of the tenant with any of its keys; a reset brings back seeds among them."""
        table = self._table(api, kind)
        for key in table.keys_of(tenant, body):
            number = table.by_key.get(key)
            if number is not None:
                self._remove(table, number)
        table.add(self._record(table, tenant, body))
        table.is_rearranged = True

    async def reset(self, api: str) -> None:
        """Bring the records of `api` back to its seeds."""
        for (owner, _), table in self._tables.items():
            if owner == api:
                for number in table.records.keys() - table.seeds.keys():
                    self._remove(table, number)
                table.reset()

    async def digest(self, api: str, kind: str) -> str:
        """Return a SHA-256 over the records of `kind`, which differs when any of them does."""
        texts = [f"{tenant}\0{text}" for tenant, text in self._texts(api, kind)]
        return hashlib.sha256("\0".join(texts).encode()).hexdigest()

    async def count(self, api: str, kind: str) -> int:
        """Return the number of records of `kind`."""
        table = self._tables.get((api, kind))
        return 0 if table is None else len(table.records)

    async def close(self) -> None:
        """Do nothing: what is in memory ends with the process."""

    def _table(self, api: str, kind: RecordKind) -> _Table:
        return self._tables.setdefault((api, kind.name), _Table(tuple(kind.keys)))

    def _record(self, table: _Table, tenant: str, body: dict[str, Any]) -> Record:
        number = next(self._numbers)
        self._homes[number] = table
        return Record(number, tenant, 0, body)

    def _remove(self, table: _Table, number: int) -> None:
        table.remove(number)
        if number not in table.seeds:
            del self._homes[number]

    def _texts(self, api: str, kind: str) -> list[tuple[str, str]]:
        table = self._tables.get((api, kind))
        return [] if table is None else [(each.tenant, json_text(each.body)) for each in table.records.values()]

    def _enter(self, entry: Entry) -> None:
        self._last += 1
        size = len(entry.request_body) + len(entry.response_body)
        self._journal.append((self._last, entry_row(entry), size))
        self._size += size
        while len(self._journal) > cutting.MAX_ENTRIES or self._size > cutting.MAX_BYTES:
            self._size -= self._journal.popleft()[2]


def _hashable(value: Any) -> Any:
    """Return what stands for the value of a key: as JSON has it, 1 is not true, nor the string of it."""
    return value if isinstance(value, str) else (json_text(value),)
