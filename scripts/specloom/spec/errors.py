"""The one error people see: what is wrong, where, and what to do about it."""

from __future__ import annotations

from pathlib import Path

import attrs


@attrs.frozen
class Place:
    """A place in a file: its path, a 1-based line if known, and a JSON Pointer (RFC 6901) if known."""

    path: Path | None = None
    line: int | None = None
    pointer: str | None = None

    def __str__(self) -> str:
        """Return `path:line #pointer`, leaving out what is not known."""
        file = "" if self.path is None else str(self.path)
        if file and self.line is not None:
            file += f":{self.line}"
        return " ".join(part for part in (file, None if self.pointer is None else f"#{self.pointer}") if part)


class SpecloomError(Exception):
    """A failure that its message explains to the person who caused it; never shown as a traceback."""

    def __init__(self, message: str, *, place: Place | None = None, remedy: str = "") -> None:
        """Say what is wrong (`message`), where (`place`) and what to do (`remedy`)."""
        super().__init__(message)
        self.message = message
        self.place = place or Place()
        self.remedy = remedy

    def __str__(self) -> str:
        """Return place, message and remedy as up to three lines."""
        head = f"{self.place}: {self.message}" if str(self.place) else self.message
        return f"{head}\n  {self.remedy}" if self.remedy else head
