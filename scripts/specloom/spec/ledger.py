"""Remember what was done for which content, so that it need not be done again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import specloom


def digest(paths: Iterable[Path], *facts: str) -> str:
    """Return a SHA-256 over the content of files, of all files below folders, and over `facts`."""
    total = hashlib.sha256("\0".join(facts).encode())
    for path in paths:
        for name, file in _below(path) if path.is_dir() else [(".", path)]:
            try:
                content = hashlib.sha256(file.read_bytes()).hexdigest()
            except FileNotFoundError:
                continue
            total.update(f"{name}\0{content}\0".encode())
    return total.hexdigest()


def _below(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files below a folder with their relative paths, in order, without what running Python leaves."""
    for file in sorted(folder.rglob("*")):
        if "__pycache__" not in file.parts and file.is_file():
            yield str(file.relative_to(folder)), file


def own_sources() -> Path:
    """Return the folder of specloom's own sources, on whose content every result depends."""
    return Path(specloom.__file__).parent


class Ledger:
    """A JSON file of results by task, each valid for the digest that it was recorded with."""

    def __init__(self, path: Path) -> None:
        """Open the ledger at `path`; one that cannot be read is an empty one."""
        self._path = path
        try:
            found = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            found = {}
        self._entries: dict[str, Any] = found if isinstance(found, dict) else {}
        self._changed = False

    @property
    def changed(self) -> bool:
        """Whether something was recorded since it was opened."""
        return self._changed

    def result(self, task: str, content: str) -> Any:
        """Return the result recorded for `task` with the digest `content`, or None."""
        entry = self._entries.get(task)
        return entry["result"] if isinstance(entry, dict) and entry.get("content") == content else None

    def record(self, task: str, content: str, result: Any) -> None:
        """Record a JSON value as the result of `task` for the digest `content`."""
        self._changed = True
        self._entries[task] = {"content": content, "result": result}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        aside = self._path.with_suffix(f".{os.getpid()}")
        aside.write_text(json.dumps(self._entries, indent=1), "utf-8")
        aside.replace(self._path)
