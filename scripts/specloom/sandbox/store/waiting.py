"""Hold back journal entries for a moment, so that many are written at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from specloom.sandbox.store.rows import Row

SECONDS: Final = 0.05
"""How long an entry waits at most."""

COUNT: Final = 100
"""How many entries wait at most, unless the database fails."""

_MAX_KEPT: Final = 1000
_log = logging.getLogger(__name__)


class WaitingEntries:
    """Entries that are yet to be written."""

    def __init__(self, flush: Callable[[], None]) -> None:
        """Take what is to be called when entries have waited long enough, or are many."""
        self._flush = flush
        self._rows: list[Row] = []
        self._timer: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def add(self, row: Row) -> None:
        """Let an entry wait."""
        self._rows.append(row)
        if len(self._rows) == COUNT:
            self._flush()
            return
        loop = asyncio.get_running_loop()
        # What runs an application in this process may do so with one event loop after the other.
        if self._timer is None or self._loop is not loop:
            self._loop = loop
            self._timer = loop.call_later(SECONDS, self._flush)

    def take(self) -> list[Row]:
        """Return the entries that wait; they no longer do."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        rows, self._rows = self._rows, []
        return rows

    def keep(self, rows: list[Row], error: Exception) -> None:
        """Let entries that could not be written wait on, the newest thousand of them."""
        _log.warning("the journal cannot be written: %s", error)
        self._rows[:0] = rows
        del self._rows[:-_MAX_KEPT]
