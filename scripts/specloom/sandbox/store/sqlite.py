"""Keep a store in SQLite, in memory or in a file that several processes may share."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
import time
import weakref
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

from pydantic_core import from_json

from specloom.sandbox.store.interface import MAX_ENTRIES, Entry, Record, StoreError
from specloom.sandbox.store.rows import COLUMNS, Row, entry_row, json_text, key_text
from specloom.sandbox.store.sql import FIND, Run, SqlStore
from specloom.spec import Api, Place, SpecloomError

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS apis (name TEXT PRIMARY KEY, seeds TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS records (
    id INTEGER PRIMARY KEY, api TEXT NOT NULL, kind TEXT NOT NULL, tenant TEXT NOT NULL,
    body TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0, seed TEXT
);
CREATE TABLE IF NOT EXISTS keys (
    api TEXT NOT NULL, kind TEXT NOT NULL, tenant TEXT NOT NULL, pointer TEXT NOT NULL, value TEXT NOT NULL,
    record INTEGER NOT NULL REFERENCES records ON DELETE CASCADE,
    PRIMARY KEY (api, kind, tenant, pointer, value)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS journal (
    number INTEGER PRIMARY KEY, at REAL NOT NULL, api TEXT, operation TEXT, tenant TEXT, method TEXT NOT NULL,
    target TEXT NOT NULL, request_headers TEXT NOT NULL, request_body BLOB NOT NULL, status INTEGER NOT NULL,
    response_headers TEXT NOT NULL, response_body BLOB NOT NULL, seconds REAL NOT NULL, changed TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS keys_by_record ON keys (record);
CREATE INDEX IF NOT EXISTS records_changed ON records (api) WHERE changed = 1;
CREATE INDEX IF NOT EXISTS records_by_kind ON records (api, kind, tenant);
"""

_CHANGE: Final = "UPDATE records SET body = ?, version = version + 1, changed = 1 WHERE id = ? AND version = ?"
_ENTER: Final = f"INSERT INTO journal ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - our names
_FLUSH_SECONDS: Final = 0.05
_TRIM: Final = "DELETE FROM journal WHERE number <= (SELECT max(number) FROM journal) - ?"
_BATCH: Final = 1000
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class SqliteStore(SqlStore):
    """A store in SQLite, whose calls are made on the event loop: they take microseconds."""

    def __init__(
        self, path: Path | None = None, *, synchronous: Literal["normal", "full"] = "normal", patience: float = 5.0
    ) -> None:
        """Open the file at `path`, or a database in memory, and wait `patience` seconds for others that write to it.

        Raises SpecloomError when it cannot be opened.
        """
        self._path = path
        self._patience = patience
        self._lock = threading.Lock()
        self._waiting: list[Row] = []
        self._timer: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._written = 0
        try:
            # One thread at a time uses the connection.
            self._db = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False, timeout=0.02)
        except sqlite3.Error as error:
            raise _unusable(path, error) from None
        self._close = weakref.finalize(self, self._db.close)
        try:
            self._retried(lambda: self._db.execute("PRAGMA journal_mode = WAL"))
            for statement in (f"synchronous = {synchronous}", "foreign_keys = ON"):
                self._db.execute(f"PRAGMA {statement}")
            self._retried(lambda: self._db.executescript(SCHEMA))
        except sqlite3.Error as error:
            self._close()
            raise _unusable(path, error) from None

    def seed(self, api: Api) -> None:
        """Fill in the seeds of `api` if they are not there yet; seeds that the spec changed replace all its records."""
        try:
            now(self._seed(api))
        except StoreError as error:
            raise _unusable(self._path, error) from None

    async def find(self, api: str, kind: str, tenant: str, key: tuple[str, Any]) -> Record | None:
        """Return the tenant's record of `kind` whose member at the pointer `key[0]` is `key[1]`."""
        try:
            row = self._db.execute(FIND, (api, kind, tenant, key[0], key_text(key[1]))).fetchone()
        except sqlite3.Error as error:
            raise StoreError(str(error)) from error
        return None if row is None else Record(row[0], tenant, row[1], from_json(row[2]))

    async def commit(self, changes: Sequence[tuple[Record, dict[str, Any]]], entry: Entry) -> bool:
        """Write the new bodies of all records, and `entry`, in one transaction."""
        rows = [(json_text(body), record.id, record.version) for record, body in changes]
        with self._written_together():
            self._db.execute("SAVEPOINT changes")
            if not all(self._db.execute(_CHANGE, row).rowcount == 1 for row in rows):
                self._db.execute("ROLLBACK TO changes")
                return False
            self._enter([entry_row(entry)])
        return True

    async def write(self, entry: Entry) -> None:
        """Add `entry` to the journal, within 50 ms; it is lost when the database fails for long."""
        self._waiting.append(entry_row(entry))
        loop = asyncio.get_running_loop()
        if self._timer is None or self._loop is not loop:
            self._loop = loop
            self._timer = loop.call_later(_FLUSH_SECONDS, self._flush_now)

    async def close(self) -> None:
        """Write what is still to be written, and close the database."""
        self._flush_now()
        self._close()

    async def _flush(self) -> None:
        self._flush_now()

    def _flush_now(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._waiting:
            return
        try:
            with self._written_together():
                self._enter(self._waiting)
        except StoreError as error:
            _log.warning("the journal cannot be written: %s", error)
            del self._waiting[:-_BATCH]
        else:
            self._waiting.clear()

    def _enter(self, rows: list[Row]) -> None:
        self._db.executemany(_ENTER, rows)
        self._written += len(rows)
        if self._written >= _BATCH:
            self._written = 0
            self._db.execute(
                "DELETE FROM journal WHERE number <= (SELECT max(number) FROM journal) - ?", (MAX_ENTRIES,)
            )

    async def _read(self, statement: str, *parameters: Any) -> list[Any]:
        try:
            return self._db.execute(statement, parameters).fetchall()
        except sqlite3.Error as error:
            raise StoreError(str(error)) from error

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Run]:
        with self._written_together():
            yield self._run

    async def _run(self, statement: str, *parameters: Any) -> list[Any]:
        return self._db.execute(statement, parameters).fetchall()

    @contextmanager
    def _written_together(self) -> Iterator[None]:
        with self._lock:
            try:
                self._retried(lambda: self._db.execute("BEGIN IMMEDIATE"))
                yield
                self._db.execute("COMMIT")
            except sqlite3.Error as error:
                raise StoreError(str(error)) from error
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    def _retried(self, act: Callable[[], _T]) -> _T:
        """Return what `act` returns once no other connection is in its way. Raises sqlite3.Error."""
        until = time.monotonic() + self._patience
        while True:
            try:
                return act()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise


def now(coroutine: Coroutine[Any, Any, _T]) -> _T:
    """Return what a coroutine returns that has nothing to wait for, without an event loop."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        result: _T = end.value
        return result
    coroutine.close()
    raise RuntimeError("it has to wait")


def _unusable(path: Path | None, error: Exception) -> SpecloomError:
    return SpecloomError(
        f"the database cannot be used: {error}",
        place=Place(path),
        remedy="name a file that SQLite made, or a new one in a folder that can be written",
    )
