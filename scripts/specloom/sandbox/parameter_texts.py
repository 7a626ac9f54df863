"""Turn the texts by which a request gives a parameter into the value that they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import unquote, unquote_to_bytes

from specloom.sandbox import strict_json
from specloom.spec.document import Document

_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,399})")
_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")
_SEPARATORS: Final = {"spaceDelimited": " ", "pipeDelimited": "|"}
_MAX_DEPTH: Final = 20

Types = frozenset[str]
TEXT: Final[Types] = frozenset({"string"})


def typed(text: str, types: Types) -> Any:
    """Return the value that `text` stands for under a schema that allows `types`; the text itself if it is none."""
    if "integer" in types and _INTEGER.fullmatch(text):
        return int(text)
    if "number" in types and _NUMBER.fullmatch(text):
        return float(text)
    if "boolean" in types and text in {"true", "false"}:
        return text == "true"
    return text


def json_types(document: Document, schema: Any, depth: int = 0) -> Types:
    """Return the JSON types that a schema allows, as far as it says so; a string when it says nothing."""
    return frozenset(_declared(document, schema, depth)) or TEXT


def member_types(document: Document, schema: Any, depth: int = 0) -> dict[str, Types]:
    """Return the types of the members that a schema of an object names."""
    found: dict[str, Types] = {}
    for part in parts(document, schema, depth):
        found |= {name: json_types(document, member) for name, member in part.get("properties", {}).items()}
    return found


def rest_types(document: Document, schema: Any) -> Types | None:
    """Return the types of the members that a schema of an object does not name; None when it has no such members."""
    known = parts(document, schema)
    rest = [each["additionalProperties"] for each in known if "additionalProperties" in each]
    if False in rest or (not rest and any("properties" in each for each in known)):
        return None
    found = [json_types(document, each) for each in rest if isinstance(each, Mapping)]
    return frozenset().union(*found) or TEXT


def item_types(document: Document, schema: Any) -> Types:
    """Return the types of the elements that a schema of an array allows."""
    found = [json_types(document, part["items"]) for part in parts(document, schema, 0) if "items" in part]
    return frozenset().union(*found) or TEXT


def in_path(text: str, name: str, style: str, types: Types, *, explode: bool) -> list[str]:
    """Return the parts of the text that a path has for a parameter, percent-encoded (4.8.12.4).

    That of a scalar is one, that of an object has its names in it as `members_of` takes them. Raises ValueError, with a
    message for people, when the text is in no such style.
    """
    many = bool(types & {"array", "object"})
    if style not in {"label", "matrix"}:
        return text.split(",") if many else [text]
    mark = "." if style == "label" else ";"
    if not text.startswith(mark):
        raise ValueError(f"{text[:100]!r} does not begin with {mark!r}")
    if style == "label" or not many:
        found = text[1:].split("." if explode else ",") if many else [text[1:]]
    else:
        found = text[1:].split(";")
    if style == "matrix" and not (explode and types - {"null"} == {"object"}):
        if not all(unquote(each.partition("=")[0]) == name for each in found):
            raise ValueError(f"{text[:100]!r} does not name {name}")
        found = [each.partition("=")[2] for each in found]
        found = found[0].split(",") if many and not explode else found
    return found


def query_text(text: str) -> str:
    """Return a name or a value of a query, decoded. Raises ValueError, with a message for people."""
    text = text.replace("+", " ")
    if "%" not in text and text.isascii():
        return text
    try:
        return unquote_to_bytes(text.encode("latin-1")).decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("the query string is not UTF-8") from None


def items_of(text: str, style: str) -> list[str]:
    """Return the elements of an array that is written as one text (OpenAPI 3.1, 4.8.12.3)."""
    return text.split(_SEPARATORS.get(style, ","))


def members_of(parts: Sequence[str], *, explode: bool) -> list[tuple[str, str]]:
    """Return the members of an object by its parts: `a`, `1`, `b`, `2`, or with `explode` `a=1`, `b=2`.

    Raises ValueError, with a message for people, when they are none.
    """
    if explode:
        pairs = (part.partition("=") for part in parts)
        return [(name, value) for name, _, value in pairs]
    if len(parts) % 2:
        raise ValueError(f"{','.join(parts)[:100]!r} is no list of names and values")
    return list(zip(parts[::2], parts[1::2], strict=True))


def typed_part(text: str, types: Types) -> Any:
    """Return the value of an element or a member; an array or object in it, of which OpenAPI says nothing, is JSON."""
    if types & {"array", "object"} and text[:1] in {"[", "{"}:
        try:
            return strict_json.parse(text.encode("utf-8", "surrogateescape"))
        except ValueError:
            return text
    return typed(text, types)


def typed_members(pairs: Sequence[tuple[str, str]], types: Mapping[str, Types], rest: Types) -> dict[str, Any]:
    """Return the object that `pairs` stand for; `rest` are the types of the members that have none of their own."""
    return {name: typed_part(value, types.get(name, rest)) for name, value in pairs}


def _declared(document: Document, schema: Any, depth: int) -> set[str]:
    found: set[str] = set()
    for part in parts(document, schema, depth):
        declared = part.get("type", [])
        found |= {declared} if isinstance(declared, str) else set(declared)
        if not declared:
            values = part.get("enum", [part["const"]] if "const" in part else [])
            found |= {_type_of(value) for value in values}
            found |= {"object"} if "properties" in part else set()
            found |= {"array"} if "items" in part else set()
    return found


def parts(document: Document, schema: Any, depth: int = 0) -> list[Mapping[str, Any]]:
    """Return a schema and those that it is put together from."""
    if not isinstance(schema, Mapping) or depth > _MAX_DEPTH:
        return []
    found = [schema]
    if isinstance(schema.get("$ref"), str):
        _, target = document.resolve(schema["$ref"].removeprefix("#"))
        found += parts(document, target, depth + 1)
    for keyword in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(keyword, []):
            found += parts(document, part, depth + 1)
    return found


def _type_of(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    for kind, name in ((str, "string"), (int, "integer"), (float, "number"), (list, "array"), (dict, "object")):
        if isinstance(value, kind):
            return name
    return "null"
