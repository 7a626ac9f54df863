"""Adopt a document: bundle, tidy, upgrade, mend and prune it until every other room can rely on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import attrs

from specloom.spec.document import Document
from specloom.spec.errors import Place, SpecloomError
from specloom.spec.foreign.bundling import Bundle
from specloom.spec.foreign.note import Note
from specloom.spec.foreign.pruning import prune
from specloom.spec.foreign.repairing import repair
from specloom.spec.foreign.tidying import tidy
from specloom.spec.foreign.upgrading import upgrade
from specloom.spec.foreign.writing import write
from specloom.spec.reading import load, parse

MARK: Final = "x-foreign"
"""Stands at the root of a document that was adopted."""


@attrs.frozen
class Adopted:
    """A document as it was adopted, and what was changed for that."""

    data: dict[str, Any] = attrs.field(repr=False)
    notes: tuple[Note, ...]

    def document(self, path: Path) -> Document:
        """Return it as the document that would be read from `path` once it is written there."""
        return parse(write(self.data), path)


def adopt(path: Path) -> Adopted:
    """Return the OpenAPI document at `path`, of version 3.0 or 3.1, as a valid one of version 3.1 in one file.

    Files that it refers to are read from disk; nothing is fetched. Raises SpecloomError when one of them cannot be
    read, or the document is no such document.
    """
    document = load(path)
    version = document.data.get("openapi") if isinstance(document.data, dict) else None
    if not str(version).startswith(("3.0", "3.1")):
        older = isinstance(document.data, dict) and "swagger" in document.data
        raise SpecloomError(
            "this is Swagger 2.0" if older else "this is not OpenAPI 3.0 or 3.1",
            place=Place(path, 1),
            remedy="convert it to OpenAPI 3 first" if older else "name the file that says `openapi: 3.…`",
        )
    bundle = Bundle(document)
    data = bundle.bundled()
    data[MARK] = True
    notes = [*bundle.notes, *tidy(data), *upgrade(data), *repair(data), *prune(data, path)]
    return Adopted(
        {"openapi": data.pop("openapi"), "info": data.pop("info"), MARK: data.pop(MARK), **data}, tuple(notes)
    )
