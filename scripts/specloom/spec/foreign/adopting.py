"""Adopt a document: bundle, tidy, upgrade, mend and prune it until every other room can rely on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import attrs

from specloom.spec.api import METHODS
from specloom.spec.document import Document
from specloom.spec.foreign import files
from specloom.spec.foreign.bundling import Bundle
from specloom.spec.foreign.discriminating import discriminate
from specloom.spec.foreign.note import Note
from specloom.spec.foreign.pruning import prune
from specloom.spec.foreign.repairing import repair
from specloom.spec.foreign.tidying import tidy
from specloom.spec.foreign.upgrading import upgrade
from specloom.spec.source import Source
from specloom.spec.walking import path_items

MARK: Final = "x-foreign"
"""Stands at the root of a document that was adopted."""


@attrs.frozen
class Adopted:
    """A document as it was adopted, and what was changed for that."""

    data: dict[str, Any] = attrs.field(repr=False)
    notes: tuple[Note, ...]
    source: Source = attrs.field(repr=False, eq=False)

    def document(self, path: Path) -> Document:
        """Return it as a document called `path`, in which a place is one in the file that was adopted."""
        return Document(path, self.data, self.source)


def adopt(path: Path) -> Adopted:
    """Return the OpenAPI document at `path`, of version 3.0 or 3.1, as a valid one of version 3.1 in one file.

    Files that it refers to are read from disk; nothing is fetched. Raises SpecloomError when one of them cannot be
    read, or the document is no such document.
    """
    document = files.root(path)
    _check_version(document)
    bundle = Bundle(document)
    data = bundle.bundled()
    data[MARK] = True
    notes = [*bundle.notes, *tidy(data), *upgrade(data), *repair(data), *discriminate(data), *prune(data, path)]
    if not any(method in item for _, item in path_items(data) for method in METHODS):
        notes.append(Note("/paths", "there is no operation, and no package can be made without one"))
    data = {"openapi": data.pop("openapi"), "info": data.pop("info"), MARK: data.pop(MARK), **data}
    return Adopted(data, tuple(notes), document.source)


def _check_version(document: Document) -> None:
    """Raise SpecloomError unless `document` is one of OpenAPI 3.0 or 3.1."""
    data = document.data if isinstance(document.data, dict) else {}
    version = data.get("openapi")
    if str(version).startswith(("3.0", "3.1")):
        return
    if "swagger" in data:
        raise document.error("this is Swagger 2.0", "/swagger", "convert it to OpenAPI 3 first")
    if isinstance(version, str | int | float):
        message = f"this is OpenAPI {version}; what can be adopted is 3.0 or 3.1"
        raise document.error(message, "/openapi", "write `openapi: 3.1.0` if it uses nothing that is newer than that")
    raise document.error("this says nowhere that it is OpenAPI 3.0 or 3.1", "", files.ROOT_REMEDY)
