"""Find the notes of a spec (x-conflict, x-inferred) that explain a difference from a page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from specloom.pages.specfacts import SpecFact
from specloom.spec import Document
from specloom.spec import pointer as json_pointer

NOTES = ("x-conflict", "x-inferred")


def note_at(document: Document, pointers: Iterable[str], kinds: Iterable[str] = NOTES) -> str:
    """Return the pointer of the first note on one of the objects at `pointers`, "" when there is none."""
    for pointer in pointers:
        holder = document.at(pointer)
        for kind in kinds:
            if isinstance(holder, dict) and isinstance(holder.get(kind), str):
                return f"{pointer}/{kind}"
    return ""


def note_naming(document: Document, pointers: Iterable[str], name: str) -> str:
    """Return the pointer of the first x-conflict on one of the objects at `pointers` that names `name`."""
    for pointer in pointers:
        note = note_at(document, [pointer], ("x-conflict",))
        if note and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", json_pointer.get(document.data, note)):
            return note
    return ""


def inferred(document: Document, stated: SpecFact) -> str:
    """Return the pointer of the x-inferred or x-conflict that says why no page states a fact of the spec.

    A note on what states it counts, and an x-inferred on the parameter, body or response that it is part of. That a
    member is required is stated by the object around it.
    """
    around = stated.around if stated.fact.attribute in {"required", "condition"} else ()
    near = note_at(document, [*stated.own, *around, _holder(stated.pointer)])
    return near or note_at(document, stated.whole, ("x-inferred",))


def _holder(pointer: str) -> str:
    """Return the pointer of the object that has the keyword at `pointer`."""
    return pointer.rpartition("/")[0]
