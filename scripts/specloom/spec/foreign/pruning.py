"""Remove what is not valid where it stands, as little of it as can be, and say so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from specloom.spec import pointer as json_pointer
from specloom.spec.document import Document
from specloom.spec.errors import SpecloomError
from specloom.spec.finding import Finding
from specloom.spec.foreign.note import Note
from specloom.spec.source import Source
from specloom.spec.validity import findings, unexpected

# What is left when one thing has been removed may be invalid in turn, up to the operation that it is part of.
_ROUNDS: Final = 20
_NEEDED: Final = frozenset({"", "/openapi", "/info", "/paths"})


def prune(data: dict[str, Any], path: Path) -> Iterator[Note]:
    """Remove from `data`, in place, what keeps it from being valid; yield what was removed. `path` is for messages.

    Raises SpecloomError when nothing would be left.
    """
    document = Document(path, data, Source("{}", is_json=True))
    for _ in range(_ROUNDS):
        gone: dict[str, Finding] = {}
        for pointer in unexpected(document):
            gone[pointer] = Finding("S01", pointer, "OpenAPI 3.1 knows no such member here", "")
        for finding in findings(document) if not gone else ():
            gone.setdefault(finding.pointer, finding)
        if not gone:
            return
        for pointer in sorted(gone, key=_backwards, reverse=True):
            if pointer in _NEEDED:
                raise SpecloomError(gone[pointer].message, place=document.place(pointer), remedy=gone[pointer].remedy)
            _remove(data, pointer)
            yield Note(pointer, f"it was left out: {gone[pointer].message}", lost=True)
    raise SpecloomError("too much of this document is invalid", place=document.place(""), remedy="correct it first")


def _backwards(pointer: str) -> list[tuple[int, str]]:
    """Sort the elements of an array by their position, so that removing the last first keeps the others in place."""
    return [(int(token) if token.isdecimal() else -1, token) for token in json_pointer.split(pointer)]


def _remove(data: dict[str, Any], pointer: str) -> None:
    *tokens, last = json_pointer.split(pointer)
    try:
        holder = json_pointer.walk(data, tokens)
        del holder[int(last) if isinstance(holder, list) else last]
    except LookupError:
        return  # it went with what is around it
