"""Read forms and parameters whose names have places in brackets, as in `filter[size]=3`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from specloom.sandbox import strict_json
from specloom.sandbox.parameter_texts import json_types, parts, typed
from specloom.spec.document import Document

Places = Sequence[tuple[tuple[str, ...], str]]
"""Texts, each with the tokens that lead to it."""


def tokens_of(name: str) -> tuple[str, ...]:
    """Return the tokens of `a[b][c]`; the name itself where its brackets are none."""
    first, bracket, rest = name.partition("[")
    if not bracket or not first or not rest.endswith("]"):
        return (name,)
    return (first, *rest[:-1].split("]["))


def value_at(document: Document, schema: Any, places: Places) -> Any:
    """Return the value that texts stand for under a schema; raise ValueError, with a message, when they are none."""
    types = json_types(document, schema)
    if all(not tokens for tokens, _ in places):
        return _leaf(document, schema, [text for _, text in places])
    groups: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for tokens, text in places:
        if not tokens:
            raise ValueError("a value is given beside its members")
        groups.setdefault(tokens[0], []).append((tokens[1:], text))
    if "array" in types and all(not name or name.isdigit() for name in groups):
        element = _items(document, schema)
        listed = [[each] for each in groups.pop("", [])] + list(groups.values())
        return [value_at(document, element, each) for each in listed]
    known = members(document, schema)
    return {name: value_at(document, known.get(name, {}), each) for name, each in groups.items()}


def members(document: Document, schema: Any) -> dict[str, Any]:
    """Return the schemas of the members that a schema of an object names."""
    return {name: each for part in parts(document, schema) for name, each in part.get("properties", {}).items()}


def form_value(document: Document, schema: Any, pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the object that the pairs of a form stand for (OpenAPI 3.1, 4.8.14.4). Raises ValueError as above."""
    known = members(document, schema)
    groups: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, text in pairs:
        first, *rest = (name,) if name in known else tokens_of(name)
        exact = first.removesuffix("[]") if first.removesuffix("[]") in known else first
        groups.setdefault(exact, []).append((tuple(rest), text))
    found = {}
    for name, given in groups.items():
        if len(given) > 1 and name not in known and not any(tokens for tokens, _ in given):
            raise ValueError(f"the body has the member {name!r} twice")
        found[name] = value_at(document, known.get(name, {}), given)
    return found


def _leaf(document: Document, schema: Any, texts: list[str]) -> Any:
    types = json_types(document, schema)
    if "array" in types:
        whole = _json(texts[0]) if len(texts) == 1 else None
        element = _items(document, schema)
        return whole if isinstance(whole, list) else [_leaf(document, element, [text]) for text in texts]
    if len(texts) > 1:
        raise ValueError("a member is given more than once")
    if texts[0] == "null" and "null" in types and "string" not in types:
        return None
    whole = _json(texts[0]) if "object" in types else None
    return whole if isinstance(whole, dict) else typed(texts[0], types)


def _items(document: Document, schema: Any) -> Any:
    return next((part["items"] for part in parts(document, schema) if "items" in part), {})


def _json(text: str) -> Any:
    """Return the JSON value that a text is; None where it is none."""
    try:
        return strict_json.parse(text.encode("utf-8", "surrogateescape"))
    except ValueError:
        return None
