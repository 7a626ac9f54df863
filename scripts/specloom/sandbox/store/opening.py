"""Open the store that a URL or a path names."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from specloom.sandbox.store.interface import Store
from specloom.sandbox.store.sqlite import SqliteStore


def open_store(url: str | None = None, *, sync: Literal["normal", "full"] = "normal") -> Store:
    """Open the SQLite file `url`, or by default a store in memory.

    With `sync="full"` an answered change outlives a loss of power, with "normal" the end of the process.
    Raises SpecloomError when the database cannot be used.
    """
    return SqliteStore(None if url is None else Path(url), sync=sync)
