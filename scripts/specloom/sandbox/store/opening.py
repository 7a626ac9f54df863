"""Open the store that a URL or a path names."""

from __future__ import annotations

from pathlib import Path

from specloom.sandbox.store.interface import Store
from specloom.sandbox.store.memory import MemoryStore
from specloom.sandbox.store.sqlite import SqliteStore
from specloom.sandbox.store.sqlite_database import Sync
from specloom.spec import SpecloomError


def open_store(url: str | None = None, *, sync: Sync = "normal") -> Store:
    """Open a database of PostgreSQL (`postgresql://…`), a file of SQLite, or by default a store in memory.

    With `sync="full"` an answered change outlives a loss of power. With "normal" one in a file outlives the end of the
    process, and PostgreSQL does as its settings say. Raises SpecloomError when the database cannot be used.
    """
    if url is None:
        return MemoryStore()
    if not url.startswith(("postgresql://", "postgres://")):
        return SqliteStore(Path(url), sync=sync)
    try:
        from specloom.sandbox.store.postgresql import PostgresqlStore  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise SpecloomError(
            f"PostgreSQL cannot be used: {error}", remedy="pip install 'specloom[postgresql]'"
        ) from None
    return PostgresqlStore(url, is_durable=sync == "full")
