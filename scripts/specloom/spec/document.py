"""A parsed file: its values, the line of each of them, and the references between them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import attrs

from specloom.spec import pointer as json_pointer
from specloom.spec.errors import Place, SpecloomError
from specloom.spec.source import Source


@attrs.frozen
class Document:
    """A parsed file: `data` holds JSON values only (dict with str keys, list, str, int, float, bool, None)."""

    path: Path
    data: Any
    source: Source = attrs.field(repr=False, eq=False)

    def digest(self) -> str:
        """Return a digest of the values, whatever the file looks like, as 16 hexadecimal digits."""
        return hashlib.sha256(json.dumps(self.data, sort_keys=True).encode()).hexdigest()[:16]

    def line(self, pointer: str) -> int:
        """Return the 1-based line of the value at `pointer`; of its nearest ancestor if there is no such value."""
        return self.source.line(pointer)

    def place(self, pointer: str) -> Place:
        """Return file, line and pointer of the value at `pointer`."""
        return Place(path=self.path, line=self.line(pointer), pointer=pointer)

    def error(self, message: str, pointer: str, remedy: str = "") -> SpecloomError:
        """Return an error that points at the value at `pointer`."""
        return SpecloomError(message, place=self.place(pointer), remedy=remedy)

    def at(self, pointer: str) -> Any:
        """Return the value at `pointer`; raise SpecloomError when there is none."""
        try:
            return json_pointer.get(self.data, pointer)
        except LookupError:
            raise self.error(
                f"nothing stands at {pointer!r}", pointer, "correct the pointer or add the value"
            ) from None

    def resolve(self, pointer: str) -> tuple[str, Any]:
        """Follow `$ref` from `pointer`; return the pointer and the value at the end of the chain.

        Only references into the same document are followed (specs/README.md, S02).
        """
        seen: list[str] = []
        value = self.at(pointer)
        while isinstance(value, dict) and isinstance(value.get("$ref"), str):
            reference = value["$ref"]
            if reference in seen:
                raise self.error(f"$ref {reference!r} leads back to itself", pointer, "break the circle")
            seen.append(reference)
            if not reference.startswith("#"):
                raise self.error(
                    f"$ref {reference!r} leaves this file",
                    pointer,
                    "copy the schema to #/components and refer to it there",
                )
            try:
                target = json_pointer.from_fragment(reference)
                value = json_pointer.get(self.data, target)
            except LookupError:
                raise self.error(
                    f"$ref {reference!r} leads nowhere", pointer, "correct the name, or add what it names"
                ) from None
            pointer = target
        return pointer, value
