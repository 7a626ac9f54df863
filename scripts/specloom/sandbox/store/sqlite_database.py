"""Open an SQLite database, again when it was damaged, and wait for others that write to it."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

from specloom.sandbox.store.interface import StoreError

Sync = Literal["normal", "full"]

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS apis (name TEXT PRIMARY KEY, seeds TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS records (
    id INTEGER PRIMARY KEY, api TEXT NOT NULL, kind TEXT NOT NULL, tenant TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS seeds (
    record INTEGER PRIMARY KEY REFERENCES records ON DELETE CASCADE, body TEXT NOT NULL
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

_BUSY_SECONDS: Final = 0.02
_DAMAGED: Final = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
}
"""Errors after which a connection may stay of no use although the file is well again."""


class BusyError(StoreError):
    """Another connection is writing."""


class SqliteDatabase:
    """A connection to a database, `db`; one thread at a time uses it."""

    db: sqlite3.Connection

    def __init__(self, path: Path, sync: Sync, patience: float) -> None:
        """Open the file at `path`.

        Waits up to `patience` seconds for another process that has locked the file. Raises sqlite3.Error.
        """
        self._path = path
        self._sync = sync
        self._lock = threading.Lock()
        self._finalizer: weakref.finalize[..., SqliteDatabase] | None = None
        self.is_damaged = False
        until = time.monotonic() + patience
        while True:
            try:
                self.open()
                break
            except sqlite3.OperationalError as error:
                if not _is_busy(error) or time.monotonic() > until:
                    raise

    def open(self) -> None:
        """Open the database, anew if it was open. Raises sqlite3.Error."""
        self.close()
        # The event loop shall not stand still for long: whoever calls tries again.
        self.db = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False, timeout=_BUSY_SECONDS)
        # A store that nobody holds any more closes its database.
        self._finalizer = weakref.finalize(self, self.db.close)
        try:
            for statement in ("journal_mode = WAL", f"synchronous = {self._sync}", "foreign_keys = ON"):
                self.db.execute(f"PRAGMA {statement}")
            self.db.executescript(_SCHEMA)
        except sqlite3.Error:
            self.close()
            raise
        self.is_damaged = False

    def close(self) -> None:
        """Close the connection."""
        if self._finalizer is not None:
            self._finalizer()

    def failed(self, error: sqlite3.Error) -> StoreError:
        """Return the exception that tells of `error`, and note whether the connection may be damaged."""
        if _is_busy(error):
            return BusyError(str(error))
        self.is_damaged = self.is_damaged or _code(error) in _DAMAGED
        return StoreError(str(error))

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Run a transaction, which is undone on an exception. Raises BusyError, StoreError."""
        with self._lock:
            try:
                self.db.execute("BEGIN IMMEDIATE")
                yield self.db
                self.db.execute("COMMIT")
            except sqlite3.Error as error:
                raise self.failed(error) from error
            finally:
                self._undo()

    def _undo(self) -> None:
        try:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
        except sqlite3.Error:
            self.is_damaged = True


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF


def _is_busy(error: sqlite3.Error) -> bool:
    return _code(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
