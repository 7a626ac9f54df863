"""Walk from one part of a document to another, through `$ref`, whatever the document holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from specloom.release.compat.pairs import Part
from specloom.spec import SpecloomError
from specloom.spec import pointer as json_pointer


def child(part: Part | None, *tokens: str) -> Part | None:
    """Return what `tokens` lead to from `part`, `$ref` at its end followed; None when there is none."""
    if part is None:
        return None
    try:
        value = json_pointer.walk(part.value, tokens)
    except (LookupError, ValueError):
        return None
    return follow(Part(part.document, part.pointer + json_pointer.join(*tokens), value))


def follow(part: Part) -> Part:
    """Return the part at the end of the `$ref` of `part`; itself when that leads nowhere."""
    if not isinstance(part.value, Mapping) or "$ref" not in part.value:
        return part
    try:
        pointer, value = part.document.resolve(part.pointer)
    except (SpecloomError, ValueError):
        return part
    return Part(part.document, pointer, value)


def members(part: Part | None, *tokens: str) -> Iterator[tuple[str, Part]]:
    """Yield (name, part) for each member of the object that `tokens` lead to from `part`."""
    holder = child(part, *tokens)
    if holder is None or not isinstance(holder.value, Mapping):
        return
    for name in holder.value:
        found = child(holder, name)
        if found is not None:
            yield name, found


def elements(part: Part | None, *tokens: str) -> Iterator[Part]:
    """Yield each element of the array that `tokens` lead to from `part`."""
    holder = child(part, *tokens)
    if holder is None or not isinstance(holder.value, list):
        return
    for index in range(len(holder.value)):
        found = child(holder, str(index))
        if found is not None:
            yield found


def fields(part: Part | None) -> Mapping[str, Any]:
    """Return the members of `part`; none when it is no object."""
    return part.value if part is not None and isinstance(part.value, Mapping) else {}


def text(part: Part | None, name: str) -> str:
    """Return the string `name` of `part`; empty when there is none."""
    value = fields(part).get(name)
    return value if isinstance(value, str) else ""


def strings(value: Any) -> list[str]:
    """Return the strings in an array; none when it is none."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
