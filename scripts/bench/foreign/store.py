"""Keep rows as they come, so that a run can be broken off and resumed."""

from __future__ import annotations

import json
from pathlib import Path

from bench.foreign.row import Row


class Store:
    """A JSON file of rows, one for each document and tool."""

    def __init__(self, path: Path) -> None:
        """Open the file at `path`; one that cannot be read, or was written by another version, is an empty one."""
        self._path = path
        try:
            found = [Row.from_json(each) for each in json.loads(path.read_text("utf-8"))]
        except (OSError, ValueError, TypeError, AttributeError):
            found = []
        self._rows = {(row.name, row.tool): row for row in found}

    @property
    def rows(self) -> list[Row]:
        """All rows, by document."""
        return [self._rows[key] for key in sorted(self._rows, key=lambda key: (self._size(key[0]), key))]

    def get(self, name: str, tool: str) -> Row | None:
        """Return the row of a document and a tool."""
        return self._rows.get((name, tool))

    def put(self, row: Row) -> None:
        """Keep a row in place of what was there for its document and tool."""
        self._rows[row.name, row.tool] = row
        self._path.parent.mkdir(parents=True, exist_ok=True)
        aside = self._path.with_suffix(".new")
        aside.write_text(json.dumps([each.as_json() for each in self.rows], indent=1), "utf-8")
        aside.replace(self._path)

    def _size(self, name: str) -> float:
        return max(row.size for key, row in self._rows.items() if key[0] == name)
