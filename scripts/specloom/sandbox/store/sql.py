"""What all stores in an SQL database share; the statements are understood by SQLite and PostgreSQL alike."""

from __future__ import annotations

import hashlib
import json
from abc import abstractmethod
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, Final

from specloom.sandbox.store.interface import Entry, Record, Store
from specloom.sandbox.store.rows import COLUMNS, Row, json_text, key_text, read_entry
from specloom.sandbox.store.seeds import seeds_of
from specloom.spec import Api
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import RecordKind

Run = Callable[..., Awaitable[list[Any]]]
"""Runs a statement with its parameters, and returns the rows that it gives."""

FIND: Final = (
    "SELECT r.id, r.version, r.body FROM keys k JOIN records r ON r.id = k.record "
    "WHERE k.api = ? AND k.kind = ? AND k.tenant = ? AND k.pointer = ? AND k.value = ?"
)


_IS_ADDED: Final = "NOT EXISTS (SELECT 1 FROM seeds WHERE record = records.id)"
_RESTORE: Final = """
UPDATE records SET version = version + 1, changed = 0, body = (SELECT seeds.body FROM seeds WHERE record = records.id)
WHERE api = ? AND changed = 1
"""


class SqlStore(Store):
    """A store in an SQL database; parameters of statements are written as `?`."""

    @abstractmethod
    def _transaction(self) -> AbstractAsyncContextManager[Run]:
        """Run statements as one transaction, which is undone on an exception. Raises StoreError."""

    @abstractmethod
    async def _read(self, statement: str, *parameters: Any) -> list[Any]:
        """Return the rows of a query. Raises StoreError."""

    async def _read_journal(self, statement: str, *parameters: Any) -> list[Any]:
        """Return the rows of a query of the journal. Raises StoreError."""
        return await self._read(statement, *parameters)

    @abstractmethod
    async def _flush(self) -> None:
        """Write the entries that wait to be written, as far as the database lets us."""

    async def find(self, api: str, kind: str, tenant: str, key: tuple[str, Any]) -> Record | None:
        """Return the tenant's record of `kind` whose member at the pointer `key[0]` is `key[1]`."""
        rows = await self._read(FIND, api, kind, tenant, key[0], key_text(key[1]))
        return Record(rows[0][0], tenant, rows[0][1], json.loads(rows[0][2])) if rows else None

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
        filters = {"api": api, "operation": operation, "status": status, "tenant": tenant}
        given = {column: value for column, value in filters.items() if value is not None}
        conditions = " AND ".join(["number > ?", *(f"{column} = ?" for column in given)])
        statement = (
            f"SELECT number, {', '.join(COLUMNS)} FROM journal WHERE {conditions} "  # noqa: S608 - names of ours
            f"ORDER BY number {'DESC' if newest else 'ASC'} LIMIT ?"
        )
        await self._flush()
        entries = [read_entry(row) for row in await self._read_journal(statement, after, *given.values(), limit)]
        return entries[::-1] if newest else entries

    async def last_entry(self) -> int:
        """Return the number of the last entry of the journal; 0 when there is none."""
        await self._flush()
        return int((await self._read_journal("SELECT coalesce(max(number), 0) FROM journal"))[0][0])

    async def records(self, api: str, kind: str, tenant: str | None = None) -> list[tuple[str, dict[str, Any]]]:
        """Return (tenant, body) of the records of `kind`, those of one tenant or of all, oldest first."""
        statement = "SELECT tenant, body FROM records WHERE api = ? AND kind = ?"
        if tenant is None:
            rows = await self._read(f"{statement} ORDER BY id", api, kind)
        else:
            rows = await self._read(f"{statement} AND tenant = ? ORDER BY id", api, kind, tenant)
        return [(owner, json.loads(body)) for owner, body in rows]

    async def put(self, api: str, kind: RecordKind, tenant: str, body: dict[str, Any]) -> None:
        """Add a record in place of those of the tenant with any of its keys; a reset brings back seeds among them."""
        async with self._transaction() as run:
            for pointer in kind.keys:
                value = key_text(json_pointer.get(body, pointer))
                for found, *_ in await run(FIND, api, kind.name, tenant, pointer, value):
                    await run(f"DELETE FROM records WHERE id = ? AND {_IS_ADDED}", found)  # noqa: S608 - our text
                    await run("UPDATE records SET api = ? WHERE id = ?", _replaced(api), found)
                    await run("UPDATE keys SET api = ? WHERE record = ?", _replaced(api), found)
            await _insert(run, api, kind, tenant, body, is_seed=False)

    async def reset(self, api: str) -> None:
        """Bring the records of `api` back to its seeds."""
        async with self._transaction() as run:
            await run(f"DELETE FROM records WHERE api = ? AND changed = 1 AND {_IS_ADDED}", api)  # noqa: S608 - our text
            for table in ("records", "keys"):
                await run(f"UPDATE {table} SET api = ? WHERE api = ?", api, _replaced(api))  # noqa: S608 - our names
            await run(_RESTORE, api)

    async def digest(self, api: str, kind: str) -> str:
        """Return a SHA-256 over the records of `kind`, which differs when any of them does."""
        rows = await self._read("SELECT tenant, body FROM records WHERE api = ? AND kind = ? ORDER BY id", api, kind)
        return hashlib.sha256("\0".join([f"{tenant}\0{body}" for tenant, body in rows]).encode()).hexdigest()

    async def count(self, api: str, kind: str) -> int:
        """Return the number of records of `kind`."""
        return int((await self._read("SELECT count(*) FROM records WHERE api = ? AND kind = ?", api, kind))[0][0])

    async def _seed(self, api: Api) -> None:
        seeds, digest = seeds_of(api)
        async with self._transaction() as run:
            if await run("SELECT 1 FROM apis WHERE name = ? AND seeds = ?", api.name, digest):
                return
            await run("DELETE FROM records WHERE api IN (?, ?)", api.name, _replaced(api.name))
            await run("DELETE FROM apis WHERE name = ?", api.name)
            await run("INSERT INTO apis (name, seeds) VALUES (?, ?)", api.name, digest)
            for kind, tenant, body in seeds:
                await _insert(run, api.name, kind, tenant, body, is_seed=True)


async def _insert(  # noqa: PLR0913 - the columns
    run: Run, api: str, kind: RecordKind, tenant: str, body: dict[str, Any], *, is_seed: bool
) -> None:
    text = json_text(body)
    columns = "api, kind, tenant, body, changed"
    row: Row = (api, kind.name, tenant, text, int(not is_seed))
    ((record,),) = await run(f"INSERT INTO records ({columns}) VALUES (?, ?, ?, ?, ?) RETURNING id", *row)  # noqa: S608 - our names
    if is_seed:
        await run("INSERT INTO seeds (record, body) VALUES (?, ?)", record, text)
    for pointer in kind.keys:
        value = key_text(json_pointer.get(body, pointer))
        columns = "api, kind, tenant, pointer, value, record"
        row = (api, kind.name, tenant, pointer, value, record)
        await run(f"INSERT INTO keys ({columns}) VALUES (?, ?, ?, ?, ?, ?)", *row)  # noqa: S608 - our names


def _replaced(api: str) -> str:
    """Return the name under which seeds are kept that other records took the place of."""
    return f"{api}/replaced"
