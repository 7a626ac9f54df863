"""Tell `make` since when there is nothing left to do."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_MADE: Final = Path(".cache/made")
"""What `make` compares with the times at which files and folders were last changed, not with those they show."""


class Made:
    """The time when somebody began to look at all files."""

    def __init__(self) -> None:
        """Begin now, by the clock of the file system."""
        _MADE.parent.mkdir(exist_ok=True)
        self._began = _MADE.with_name(f"{_MADE.name}.began")
        self._began.unlink(missing_ok=True)
        self._began.touch()

    def keep(self) -> None:
        """Say that everything was found up to date, and nothing was written."""
        self._began.replace(_MADE)
