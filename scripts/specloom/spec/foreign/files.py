"""Open the files that a document is spread over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from specloom.spec import pointer as json_pointer
from specloom.spec.document import Document
from specloom.spec.errors import Place, SpecloomError
from specloom.spec.reading import load

ROOT_REMEDY: Final = "name the file that says `openapi: 3.…`"
_NETWORK: Final = re.compile(r"https?:", re.IGNORECASE)
# RFC 3986, section 4.2: no relative reference begins like that.
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_LENGTH: Final = 200


def root(path: Path) -> Document:
    """Read the file that somebody named as an OpenAPI document. Raises SpecloomError."""
    if _NETWORK.fullmatch(path.parts[0] if path.parts else ""):
        raise SpecloomError(
            "this is on the network, from where nothing is read", place=Place(path), remedy="save it, and name the file"
        )
    if path.is_dir():
        raise SpecloomError("this is a folder", place=Place(path), remedy=f"{ROOT_REMEDY} in it")
    return load(path, empty=ROOT_REMEDY)


def unread(reference: str) -> str:
    """Return why nothing is read where `reference` leads to, or "" for a file."""
    if _NETWORK.match(reference):
        return "is on the network"
    return "is no relative reference to a file" if _SCHEME.match(reference) else ""


def is_file(path: Path) -> bool:
    """Return whether `path` is a file; what cannot be the name of one is none."""
    try:
        return path.is_file()
    except OSError:
        return False


class Files:
    """The documents that were read, by their paths, which are absolute."""

    def __init__(self, first: Document) -> None:
        """Start with the document that refers to the others."""
        self._read: dict[Path, Document] = {first.path.resolve(): first}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._read)

    def data(self, path: Path, reference: str = "", holder: Path | None = None) -> Any:
        """Return what is in the file `path`, to which `reference` in the file `holder` leads. Raises SpecloomError."""
        if path not in self._read:
            try:
                self._read[path] = load(path, empty="remove the $ref, or write what it is to lead to")
            except SpecloomError as error:
                missing = "put the file in its place, or remove the $ref"
                raise SpecloomError(
                    f"$ref {reference[:_LENGTH]!r}: {error.place}: {error.message}",
                    place=None if holder is None else _place(self._read[holder], reference),
                    remedy=error.remedy if is_file(path) else missing,
                ) from None
        return self._read[path].data


def _place(document: Document, reference: str) -> Place:
    """Return where `reference` stands in `document` for the first time."""
    tokens = next(_sites(document.data, reference, ()), ())
    return document.place(json_pointer.join(*tokens))


def _sites(value: Any, reference: str, tokens: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(value, dict) and value.get("$ref") == reference:
        yield (*tokens, "$ref")
    elements = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in elements:
        yield from _sites(each, reference, (*tokens, str(key)))
