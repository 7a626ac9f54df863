"""Collect what a spec assumes, or found contradicted, as questions for the vendor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final, Literal

import attrs

from specloom.spec import pointer as json_pointer
from specloom.spec.document import Document
from specloom.spec.walking import walk

Kind = Literal["conflict", "inferred"]

_KINDS: Final[tuple[Kind, ...]] = ("conflict", "inferred")
# Keywords of the vocabulary that may have notes inside, and members in them that hold templates and no notes.
_NOTED: Final = ("x-answers", "x-constraints", "x-records", "x-transition")
_TEMPLATES: Final = frozenset({"body", "headers", "match", "schema", "seeds", "set"})
# How each part of an OpenAPI document is called where a question is about it.
_PARTS: Final = {
    "content": "",
    "examples": "example",
    "headers": "header",
    "parameters": "parameter",
    "properties": "",
    "requestBody": "request body",
    "responses": "response",
    "schemas": "",
    "securitySchemes": "security scheme",
    "x-answers": "answer",
    "x-constraints": "constraint",
    "x-records": "record",
    "x-transition": "transition",
}
_WITHOUT_NAME: Final = frozenset({"requestBody", "x-transition"})


@attrs.frozen
class Question:
    """An `x-conflict` or `x-inferred`: where it stands (`line` is 1-based), what it is about, and its text."""

    kind: Kind
    pointer: str
    line: int
    where: str
    text: str


def conflicts(document: Document) -> list[Question]:
    """Return every `x-conflict` and `x-inferred` of a valid document, in the order of the file."""
    found = [
        Question(kind, pointer, document.line(pointer), _where(document, tokens), holder[f"x-{kind}"].strip())
        for tokens, holder in _holders(document.data)
        for kind in _KINDS
        if isinstance(holder.get(f"x-{kind}"), str)
        for pointer in [json_pointer.join(*tokens, f"x-{kind}")]
    ]
    return sorted(found, key=lambda question: question.line)


def _holders(data: Any) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Yield (tokens, object) for every object that may have a note."""
    for tokens, value in walk(data):
        yield tokens, value
        for keyword in _NOTED:
            if keyword in value:
                yield from _inside(value[keyword], (*tokens, keyword))


def _inside(value: Any, tokens: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    if isinstance(value, Mapping):
        yield tokens, value
        for name, child in value.items():
            if name not in _TEMPLATES:
                yield from _inside(child, (*tokens, name))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _inside(child, (*tokens, str(index)))


def _where(document: Document, tokens: tuple[str, ...]) -> str:
    """Say in words what stands at `tokens`, as in `POST /orders, parameter id` or `Order.status`."""
    head: list[str] = []
    rest = list(tokens)
    if rest[:1] == ["paths"]:
        head, rest = [" ".join([*(method.upper() for method in rest[2:3]), *rest[1:2]])], rest[3:]
    elif rest[:2] == ["components", "schemas"]:
        return ".".join([*rest[2:3], *_property_names(rest[3:])])
    elif rest[:1] == ["components"]:
        rest = rest[1:]
    parts = [*head, *_parts(document, tokens, rest)]
    return ", ".join(part for part in parts if part) or "the whole API"


def _property_names(tokens: list[str]) -> list[str]:
    return [name for keyword, name in pairwise(tokens) if keyword == "properties"]


def _parts(document: Document, tokens: tuple[str, ...], rest: list[str]) -> Iterator[str]:
    index = len(tokens) - len(rest)
    while index < len(tokens):
        keyword = tokens[index]
        named = keyword in _PARTS and keyword not in _WITHOUT_NAME and index + 1 < len(tokens)
        if named:
            name = _name(document, tokens[: index + 2])
            yield f"{_PARTS[keyword]} {name}".strip() if keyword != "content" else ""
        elif keyword in _WITHOUT_NAME:
            yield _PARTS[keyword]
        index += 2 if named else 1


def _name(document: Document, tokens: tuple[str, ...]) -> str:
    """Return how the last of `tokens` is called: a parameter by its name, not by its index."""
    if tokens[-2] == "parameters":
        parameter = document.at(json_pointer.join(*tokens))
        return str(parameter.get("name", tokens[-1])) if isinstance(parameter, dict) else tokens[-1]
    is_index = tokens[-2] == "x-constraints" and tokens[-1].isdigit()
    return str(int(tokens[-1]) + 1) if is_index else tokens[-1]
