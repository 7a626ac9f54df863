"""Say in words which values a schema takes, and list the members of its objects."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from specloom.spec import pointer as json_pointer
from specloom.spec.subschemas import subschemas

_COMPONENTS: Final = "#/components/schemas/"
_UNIONS: Final = {"oneOf": " or ", "anyOf": " or ", "allOf": " and "}
# fmt: off
_LIMITS: Final = {
    "minLength": "at least {} characters", "maxLength": "at most {} characters", "pattern": "pattern {}",
    "minimum": "at least {}", "maximum": "at most {}", "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}", "multipleOf": "a multiple of {}", "minItems": "at least {} items",
    "maxItems": "at most {} items", "minProperties": "at least {} members", "maxProperties": "at most {} members",
    "default": "default {}",
}
# fmt: on
_FLAGS: Final = {
    "uniqueItems": "no item twice",
    "readOnly": "read only",
    "writeOnly": "write only",
    "deprecated": "deprecated",
}
# How the path goes on to the elements of an array, and to the members of an object that have no name.
_BELOW: Final = {"items": "[]", "prefixItems": "[]", "additionalProperties": ".*", "patternProperties": ".*"}
# What stands inside these are no members of the value.
_ABOUT: Final = frozenset({"$defs", "not", "if", "contains", "propertyNames"})


@attrs.frozen
class Word:
    """A piece of the words for a type; `schema` is the name of the component that it stands for, or ""."""

    text: str
    schema: str = ""


@attrs.frozen
class Member:
    """A member of an object: its `path` below the schema, as in `orders[].sku`, and what is said of it.

    `tokens` tell it from all others of the schema: names, and keywords with `~` before them. `values` are the only ones
    it can have, as JSON; `limits` further bounds in words.
    """

    path: str
    tokens: tuple[str, ...]
    type: tuple[Word, ...]
    required: bool
    description: str
    values: tuple[str, ...]
    limits: tuple[str, ...]


def type_of(schema: Any) -> tuple[Word, ...]:
    """Return the words for the values that `schema` takes, as in `array of Order or null`."""
    if not isinstance(schema, Mapping):
        return (Word("any value" if schema else "no value"),)
    if isinstance(schema.get("$ref"), str):
        return (_referred(schema["$ref"]),)
    for keyword, joint in _UNIONS.items():
        if isinstance(schema.get(keyword), list):
            return tuple(_joined([type_of(each) for each in schema[keyword]], joint))
    names = schema.get("type", _guessed(schema))
    return tuple(_joined([_named(schema, name) for name in ([names] if isinstance(names, str) else names)], " or "))


def values_of(schema: Any) -> tuple[str, ...]:
    """Return the values of `const` or `enum` as JSON."""
    if not isinstance(schema, Mapping):
        return ()
    found = [schema["const"]] if "const" in schema else schema.get("enum", [])
    return tuple(json.dumps(each, ensure_ascii=False) for each in found)


def limits_of(schema: Any) -> tuple[str, ...]:
    """Return the bounds of the values in words."""
    if not isinstance(schema, Mapping):
        return ()
    bounds = [text.format(_plain(schema[keyword])) for keyword, text in _LIMITS.items() if keyword in schema]
    return (*bounds, *(text for keyword, text in _FLAGS.items() if schema.get(keyword) is True))


def members(schema: Any, path: str = "", tokens: tuple[str, ...] = ()) -> Iterator[Member]:
    """Yield the members of the objects in `schema`, each before those inside it; no `$ref` is followed."""
    if not isinstance(schema, Mapping):
        return
    required = schema.get("required", [])
    for inner, child in subschemas(schema):
        if inner[0] in _ABOUT:
            continue
        if inner[0] != "properties":
            place = f"{path}{_BELOW.get(inner[0], '')}"
            yield from members(child, place, (*tokens, f"~{inner[0]}", *inner[1:]))
            continue
        own = (*tokens, f"~{inner[1]}" if inner[1].startswith("~") else inner[1])
        name = f"{path}.{inner[1]}".removeprefix(".")
        said = child if isinstance(child, Mapping) else {}
        yield Member(
            path=name,
            tokens=own,
            type=type_of(child),
            required=inner[1] in required,
            description=said.get("description", ""),
            values=values_of(child),
            limits=limits_of(child),
        )
        yield from members(child, name, own)


def _referred(reference: str) -> Word:
    if reference.startswith(_COMPONENTS):
        name, *below = json_pointer.split(json_pointer.from_fragment(reference))[2:]
        if not below:
            return Word(name, name)
    return Word(reference)


def _joined(types: list[tuple[Word, ...]], joint: str) -> Iterator[Word]:
    for index, words in enumerate(dict.fromkeys(types)):
        if index:
            yield Word(joint)
        yield from words


def _guessed(schema: Mapping[str, Any]) -> str:
    if "properties" in schema or "additionalProperties" in schema:
        return "object"
    return "array" if "items" in schema else "any value"


def _named(schema: Mapping[str, Any], name: str) -> tuple[Word, ...]:
    if name == "array" and "items" in schema:
        inner = type_of(schema["items"])
        is_union = any(word.text in _UNIONS.values() for word in inner)
        return (Word("array of ("), *inner, Word(")")) if is_union else (Word("array of "), *inner)
    shown = f"{name} ({schema['format']})" if "format" in schema and name != "null" else name
    return (Word(shown),)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
