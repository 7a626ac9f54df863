"""Keep the records of a sandbox in SQLite."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import attrs

from specloom.spec import Api, Place, SpecloomError
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import RecordKind

_SCHEMA: Final = """
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
CREATE INDEX IF NOT EXISTS keys_by_record ON keys (record);
CREATE INDEX IF NOT EXISTS records_changed ON records (api) WHERE changed;
CREATE INDEX IF NOT EXISTS records_by_kind ON records (api, kind, tenant);
"""


@attrs.frozen
class Record:
    """A record as it was read; `version` counts its changes."""

    id: int
    tenant: str
    version: int
    body: dict[str, Any] = attrs.field(repr=False)


class Store:
    """The records of all APIs, by API, kind and tenant, and the seeds to which they can be reset."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the database at `path`, or one in memory. Raises SpecloomError when it cannot be opened."""
        try:
            # The sandbox answers on one thread; a test may ask from another, never two at once.
            self._db = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False, timeout=5)
        except sqlite3.Error as error:
            raise _unusable(path, error) from None
        self._close = weakref.finalize(self, self._db.close)
        try:
            for statement in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
                self._db.execute(f"PRAGMA {statement}")
            self._db.executescript(_SCHEMA)
        except sqlite3.Error as error:
            self._close()
            raise _unusable(path, error) from None

    def close(self) -> None:
        """Close the database; a store that nobody holds any more does so by itself."""
        self._close()

    def seed(self, api: Api) -> None:
        """Fill in the seeds of `api` if they are not there yet; seeds that the spec changed replace all its records."""
        seeds = [(kind, tenant, body) for kind in api.records.values() for tenant, body in kind.seeded()]
        digest = hashlib.sha256(_json([[kind.name, tenant, body] for kind, tenant, body in seeds]).encode()).hexdigest()
        with self._transaction():
            known = self._db.execute("SELECT seeds FROM apis WHERE name = ?", (api.name,)).fetchone()
            if known == (digest,):
                return
            self._db.execute("DELETE FROM records WHERE api IN (?, ?)", (api.name, _replaced(api.name)))
            self._db.execute("INSERT OR REPLACE INTO apis VALUES (?, ?)", (api.name, digest))
            for kind, tenant, body in seeds:
                self._insert(api.name, kind, tenant, body, seed=_json(body))

    def reset(self, api: str) -> None:
        """Bring the records of `api` back to its seeds."""
        with self._transaction():
            self._db.execute("DELETE FROM records WHERE api = ? AND changed AND seed IS NULL", (api,))
            self._rename(_replaced(api), api)
            self._db.execute(
                "UPDATE records SET body = seed, version = version + 1, changed = 0 WHERE api = ? AND changed", (api,)
            )

    def find(self, api: str, kind: str, tenant: str, key: tuple[str, Any]) -> Record | None:
        """Return the tenant's record of `kind` whose member at the pointer `key[0]` is `key[1]`."""
        row = self._db.execute(
            "SELECT id, version, body FROM records WHERE id = "
            "(SELECT record FROM keys WHERE api = ? AND kind = ? AND tenant = ? AND pointer = ? AND value = ?)",
            (api, kind, tenant, key[0], _json(key[1])),
        ).fetchone()
        return None if row is None else Record(row[0], tenant, row[1], json.loads(row[2]))

    def replace(self, changes: Sequence[tuple[Record, dict[str, Any]]]) -> bool:
        """Write the new bodies of all records, or of none if any of them has changed since it was read."""
        with self._transaction() as transaction:
            for record, body in changes:
                cursor = self._db.execute(
                    "UPDATE records SET body = ?, version = version + 1, changed = 1 WHERE id = ? AND version = ?",
                    (_json(body), record.id, record.version),
                )
                if cursor.rowcount != 1:
                    transaction.append("undo")
                    return False
        return True

    def records(self, api: str, kind: str, tenant: str | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield (tenant, body) of the records of `kind`, those of one tenant or of all, oldest first."""
        rows = self._db.execute(
            "SELECT tenant, body FROM records WHERE api = ?1 AND kind = ?2 AND (?3 IS NULL OR tenant = ?3) ORDER BY id",
            (api, kind, tenant),
        )
        yield from ((owner, json.loads(body)) for owner, body in rows)

    def put(self, api: str, kind: RecordKind, tenant: str, body: dict[str, Any]) -> None:
        """Add a record in place of those of the tenant with any of its keys; a reset brings back seeds among them."""
        with self._transaction():
            for pointer in kind.keys:
                found = self.find(api, kind.name, tenant, (pointer, json_pointer.get(body, pointer)))
                if found is not None:
                    self._db.execute("DELETE FROM records WHERE id = ? AND seed IS NULL", (found.id,))
                    self._rename(api, _replaced(api), found.id)
            self._insert(api, kind, tenant, body, seed=None)

    def digest(self, api: str, kind: str) -> str:
        """Return a SHA-256 over the records of `kind`, which differs when any of them does."""
        rows = self._db.execute(
            "SELECT tenant || char(0) || body FROM records WHERE api = ? AND kind = ? ORDER BY id", (api, kind)
        )
        return hashlib.sha256("\0".join(row[0] for row in rows).encode()).hexdigest()

    def count(self, api: str, kind: str) -> int:
        """Return the number of records of `kind`."""
        row = self._db.execute("SELECT count(*) FROM records WHERE api = ? AND kind = ?", (api, kind)).fetchone()
        return int(row[0])

    def _rename(self, api: str, other: str, record: int | None = None) -> None:
        """Move a record and its keys, or all of them, from `api` to the API called `other`."""
        for table, column in (("records", "id"), ("keys", "record")):
            self._db.execute(
                f"UPDATE {table} SET api = ?2 WHERE api = ?1 AND ?3 IN ({column}, 0)",  # noqa: S608 - names of ours
                (api, other, record or 0),
            )

    def _insert(self, api: str, kind: RecordKind, tenant: str, body: dict[str, Any], *, seed: str | None) -> None:
        cursor = self._db.execute(
            "INSERT INTO records (api, kind, tenant, body, changed, seed) VALUES (?, ?, ?, ?, ?, ?)",
            (api, kind.name, tenant, _json(body), seed is None, seed),
        )
        keys = [
            (api, kind.name, tenant, key, _json(json_pointer.get(body, key)), cursor.lastrowid) for key in kind.keys
        ]
        self._db.executemany("INSERT INTO keys VALUES (?, ?, ?, ?, ?, ?)", keys)

    @contextmanager
    def _transaction(self) -> Iterator[list[str]]:
        """Run a transaction; it is undone on an exception, or when anything is put in the list it yields."""
        undo: list[str] = []
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield undo
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("ROLLBACK" if undo else "COMMIT")


def _replaced(api: str) -> str:
    """Return the name under which seeds are kept that other records took the place of."""
    return f"{api}/replaced"


def _unusable(path: Path | None, error: sqlite3.Error) -> SpecloomError:
    return SpecloomError(
        f"the database cannot be used: {error}",
        place=Place(path),
        remedy="name a file that SQLite made, or a new one in a folder that can be written",
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
