"""Reword schemas so that the pydantic models made of them accept and refuse what the schemas do."""

from __future__ import annotations

import re
from typing import Any, Final

import attrs

from specloom.spec import Document, Schemas
from specloom.spec import pointer as json_pointer
from specloom.spec.walking import walk

NULLABLE: Final = "x-nullable"
"""Marks an optional member that may be null too; in a pydantic model None stands for absence as well."""

# Others become types that write a value otherwise than it was read, or that need further packages.
_FORMATS: Final = frozenset({"date", "date-time", "uuid"})
# An escape, the start or the end of a class of characters, or an end of text.
_TOKEN: Final = re.compile(r"\\.|\[\^?|\]|\$", re.DOTALL)
_ASCII: Final = {"d": "0-9", "w": "0-9A-Za-z_"}
_LOOKAROUND: Final = re.compile(r"\(\?<?[=!]")


def reword(document: Document, data: dict[str, Any]) -> None:
    """Reword all schemas of `data`, which is that of `document` prepared for datamodel-code-generator."""
    _mark_nullable(document, data)
    python = looks_around(data)
    for _, value in walk(data):
        if isinstance(value.get("pattern"), str):
            value["pattern"] = reworded(value["pattern"], python=python)
    for _, value in walk(data):
        if value.get("type") == "object":
            # An option would open the objects with `additionalProperties: false` too.
            value.setdefault("additionalProperties", True)
        if value.get("format") not in _FORMATS:
            value.pop("format", None)


def looks_around(data: dict[str, Any]) -> bool:
    """Say whether a pattern of `data` looks ahead or behind, so that the models need Python's regular expressions."""
    return any(isinstance(text := value.get("pattern"), str) and _LOOKAROUND.search(text) for _, value in walk(data))


def reworded(pattern: str, *, python: bool) -> str:
    r"""Return `pattern`, an ECMA-262 one, for pydantic, whose \d and \w match digits and letters of all scripts.

    The `$` of Python's regular expressions matches before a final line break too.
    """
    end = r"\Z" if python else "$"
    in_class = False

    def replaced(found: re.Match[str]) -> str:
        nonlocal in_class
        token = found[0]
        if token.startswith("["):
            text, in_class = (r"\[" + token[1:] if in_class else token), True
        elif token == "]":
            text, in_class = token, False
        elif token == "$":
            text = token if in_class else end
        else:
            text = _escape(token, in_class=in_class)
        return text

    return _TOKEN.sub(replaced, pattern)


def _escape(token: str, *, in_class: bool) -> str:
    letter = token[1]
    if letter in _ASCII:
        return _ASCII[letter] if in_class else f"[{_ASCII[letter]}]"
    if letter.lower() in _ASCII and not in_class:
        return f"[^{_ASCII[letter.lower()]}]"
    return token


def _mark_nullable(document: Document, data: dict[str, Any]) -> None:
    schemas = Schemas(attrs.evolve(document, data=data))
    found = [
        member
        for tokens, value in walk(data)
        for name, member in (value.get("properties") or {}).items()
        if name not in value.get("required", ()) and isinstance(member, dict)
        if schemas.validator(json_pointer.join(*tokens, "properties", name)).is_valid(None)
    ]
    for member in found:
        member[NULLABLE] = True
