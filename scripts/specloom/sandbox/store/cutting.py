"""Keep the journal from growing without end: say when its oldest entries are to be cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from specloom.sandbox.store.rows import COLUMNS, Row

MAX_ENTRIES: Final = 10_000
"""How many entries the journal keeps; some more until the oldest are cut off together."""

MAX_BYTES: Final = 64 * 1024 * 1024
"""How many bytes of bodies the journal keeps, likewise."""

_ENTRIES_STEP: Final = 1000
_BYTES_STEP: Final = 8 * 1024 * 1024
_BODIES: Final = (COLUMNS.index("request_body"), COLUMNS.index("response_body"))

_BY_NUMBER: Final = "DELETE FROM journal WHERE number <= (SELECT max(number) FROM journal) - ?"
_BY_SIZE: Final = """
DELETE FROM journal WHERE number <= (
    SELECT max(number) FROM (
        SELECT number, sum(length(request_body) + length(response_body)) OVER (ORDER BY number DESC) AS size
        FROM journal
    ) AS sizes WHERE size > ?
)
"""


class Cutter:
    """Counts what one process adds to the journal."""

    def __init__(self) -> None:
        """Start at nothing."""
        self._entries = 0
        self._bytes = 0

    def due(self, rows: Sequence[Row]) -> Iterator[tuple[str, int]]:
        """Yield the statements, each with its parameter, that are to be run once `rows` are added."""
        request, response = _BODIES
        self._entries += len(rows)
        for row in rows:
            self._bytes += len(row[request]) + len(row[response])
        if self._entries >= _ENTRIES_STEP:
            self._entries = 0
            yield _BY_NUMBER, MAX_ENTRIES
        if self._bytes >= _BYTES_STEP:
            self._bytes = 0
            yield _BY_SIZE, MAX_BYTES
