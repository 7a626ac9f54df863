"""Keep a store in a file of SQLite, which several processes may share."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import attrs
from pydantic_core import from_json

from specloom.sandbox.store.cutting import Cutter
from specloom.sandbox.store.interface import Entry, Record, StoreError
from specloom.sandbox.store.rows import COLUMNS, Row, entry_row, json_text, key_text
from specloom.sandbox.store.sql import FIND, Run, SqlStore
from specloom.sandbox.store.sqlite_database import BusyError, SqliteDatabase, Sync
from specloom.sandbox.store.waiting import WaitingEntries
from specloom.spec import Api, Place, SpecloomError

_CHANGE: Final = "UPDATE records SET body = ?, version = version + 1, changed = 1 WHERE id = ? AND version = ?"
_ENTER: Final = f"INSERT INTO journal ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - our names
_PAUSE: Final = 0.002
_Values = tuple[str, int, int]
_T = TypeVar("_T")


@attrs.frozen
class _Change:
    """A change that waits to be written: parameters of `_CHANGE`, its entry, and who waits for it."""

    rows: list[_Values]
    entry: Row
    done: asyncio.Future[bool]


class SqliteStore(SqlStore):
    """A store in SQLite, whose calls are made on the event loop: they take microseconds."""

    starts_anywhere = True

    def __init__(self, path: Path, *, sync: Sync = "normal", patience: float = 5.0) -> None:
        """Open the file at `path`; others that write to it are waited for `patience` seconds.

        Raises SpecloomError when it cannot be opened.
        """
        self._path = path
        self._patience = patience
        self._apis: list[Api] = []
        self._is_starting = True
        self._changes: list[_Change] = []
        self._waiting = WaitingEntries(self._flush_now)
        self._cutter = Cutter()
        self._writer: asyncio.Task[None] | None = None
        try:
            self._database = SqliteDatabase(path, sync, patience)
        except sqlite3.Error as error:
            raise _unusable(path, error) from None

    def seed(self, api: Api) -> None:
        """Fill in the seeds of `api` if they are not there yet; seeds that the spec changed replace all its records."""
        try:
            now(self._seed(api))
        except StoreError as error:
            raise _unusable(self._path, error) from None
        self._apis.append(api)

    async def find(self, api: str, kind: str, tenant: str, key: tuple[str, Any]) -> Record | None:
        """Return the tenant's record of `kind` whose member at the pointer `key[0]` is `key[1]`."""
        self._open_again()
        try:
            row = self._database.db.execute(FIND, (api, kind, tenant, key[0], key_text(key[1]))).fetchone()
        except sqlite3.Error as error:
            raise self._database.failed(error) from error
        return None if row is None else Record(row[0], tenant, row[1], from_json(row[2]))

    async def commit(self, changes: Sequence[tuple[Record, dict[str, Any]]], entry: Entry) -> bool:
        """Write the new bodies of all records, and `entry`, in one transaction.

        Requests that are answered in the same turn of the event loop share a transaction, each all or nothing: one
        write to the disk then does for all of them.
        """
        rows = [(json_text(body), record.id, record.version) for record, body in changes]
        loop = asyncio.get_running_loop()
        change = _Change(rows, entry_row(entry), loop.create_future())
        self._changes.append(change)
        if len(self._changes) == 1:
            self._writer = loop.create_task(self._write_changes())
        return await change.done

    async def write(self, entry: Entry) -> None:
        """Add `entry` to the journal, within 50 ms; it is lost when the database fails for long."""
        self._waiting.add(entry_row(entry))

    async def close(self) -> None:
        """Write what is still to be written, and close the database."""
        await self._flush()
        self._database.close()

    async def _write_changes(self) -> None:
        """Write all changes that wait in one transaction, and tell those who wait for them."""
        until = time.monotonic() + self._patience
        error: Exception | None = BusyError()
        while isinstance(error, BusyError):
            try:
                self._write_together()
                error = None
            except BusyError as busy:
                if time.monotonic() > until:
                    break
                error = busy
                await asyncio.sleep(_PAUSE)
            except Exception as failure:  # noqa: BLE001 - whatever it is, those who wait have to be told
                error = failure
        if error is not None:
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        changes, self._changes = self._changes, []
        for change in changes:
            if not change.done.done():
                change.done.set_exception(StoreError(str(error)))

    def _write_together(self) -> None:
        self._open_again()
        waiting = self._waiting.take()
        try:
            with self._database.transaction() as db:
                done = [_change(db, change.rows) for change in self._changes]
                entries = [change.entry for change, is_done in zip(self._changes, done, strict=True) if is_done]
                self._enter(db, waiting + entries)
        except StoreError as error:
            self._waiting.keep(waiting, error)
            raise
        changes, self._changes = self._changes, []
        for change, is_done in zip(changes, done, strict=True):
            if not change.done.done():
                change.done.set_result(is_done)

    async def _flush(self) -> None:
        self._flush_now()

    def _flush_now(self) -> None:
        rows = self._waiting.take()
        if rows:
            try:
                self._open_again()
                with self._database.transaction() as db:
                    self._enter(db, rows)
            except StoreError as error:
                self._waiting.keep(rows, error)

    def _enter(self, db: sqlite3.Connection, entries: list[Row]) -> None:
        db.executemany(_ENTER, entries)
        for statement, most in self._cutter.due(entries):
            db.execute(statement, (most,))

    async def _read(self, statement: str, *parameters: Any) -> list[Any]:
        self._open_again()
        try:
            return self._database.db.execute(statement, parameters).fetchall()
        except sqlite3.Error as error:
            raise self._database.failed(error) from error

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Run]:
        self._open_again()
        until = time.monotonic() + self._patience
        with ExitStack() as stack:
            while True:
                try:
                    db = stack.enter_context(self._database.transaction())
                    break
                except BusyError:
                    if time.monotonic() > until:
                        raise
                if self._is_starting:
                    time.sleep(_PAUSE)  # noqa: ASYNC251 - nothing is served yet
                else:
                    await asyncio.sleep(_PAUSE)

            async def run(statement: str, *parameters: Any) -> list[Any]:
                return db.execute(statement, parameters).fetchall()

            yield run

    def _open_again(self) -> None:
        """Open the file anew when the connection may be damaged; what stands there now may be another database."""
        if self._database.is_damaged:
            try:
                self._database.open()
            except sqlite3.Error as error:
                raise self._database.failed(error) from error
            for api in self._apis:
                now(self._seed(api))


def _change(db: sqlite3.Connection, rows: list[_Values]) -> bool:
    """Change all records, or none."""
    if len(rows) == 1:
        return db.execute(_CHANGE, rows[0]).rowcount == 1
    db.execute("SAVEPOINT changes")
    is_done = all(db.execute(_CHANGE, row).rowcount == 1 for row in rows)
    db.execute("RELEASE changes" if is_done else "ROLLBACK TO changes")
    return is_done


def now(coroutine: Coroutine[Any, Any, _T]) -> _T:
    """Return what a coroutine returns that has nothing to wait for, without an event loop."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        result: _T = end.value
        return result
    coroutine.close()
    raise RuntimeError("it has to wait")


def _unusable(path: Path, error: Exception) -> SpecloomError:
    return SpecloomError(
        f"the database cannot be used: {error}",
        place=Place(path),
        remedy="name a file that SQLite made, or a new one in a folder that can be written",
    )
