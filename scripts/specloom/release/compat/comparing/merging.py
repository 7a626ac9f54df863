"""Merge schemas that apply together into one shape per JSON type: the tighter limit, all patterns, every member."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from specloom.release.compat.comparing.branching import NotComparableError
from specloom.release.compat.comparing.forms import Bound, Contains, Elements, Key, Layer, Members
from specloom.release.compat.comparing.reading import (
    count_at,
    map_at,
    named_at,
    names_at,
    number_at,
    schema_at,
    schemas_at,
    text_at,
    whole_numbers,
)

# Pointer and object of each schema that applies, outermost first, and the pointers of those that led to it.
Parts = tuple[tuple[str, Mapping[str, Any], frozenset[str]], ...]

_LARGER: Final = {"string": ("minLength",), "array": ("minItems",), "object": ("minProperties",)}
_SMALLER: Final = {"string": ("maxLength",), "array": ("maxItems",), "object": ("maxProperties",)}
_TEXTS: Final = {
    "string": ("pattern", "format", "contentMediaType", "contentEncoding"),
    "number": ("format",),
}
# Patterns that every string matches, a pattern being searched for.
_EVERYTHING: Final = frozenset({"", "^", "$", ".*", "^.*", ".*$"})
# The formats of the OpenAPI registry (spec.openapis.org/registry/format) that are about numbers.
_NUMBER_FORMATS: Final = frozenset(
    {"int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "double-int", "float", "double",
     "decimal", "decimal128"}
)  # fmt: skip


def keywords(kind: str, parts: Parts) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the merged keywords of the JSON type `kind`, and the pointer of each."""
    merged: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for pointer, schema, _ in parts:
        for keyword, spelled, value, tighter in _limits(kind, pointer, schema):
            both = tighter(value, merged[keyword]) if keyword in merged else value
            if keyword not in merged or both != merged[keyword]:
                merged[keyword] = both
                origins[keyword] = f"{pointer}/{spelled}"
    if kind == "number":
        _tighten_bounds(merged)
    return merged, origins


# A merged keyword, the one it is written with, its value, and what to make of two values.
_Limit = tuple[str, str, Any, Callable[[Any, Any], Any]]


def _limits(kind: str, pointer: str, schema: Mapping[str, Any]) -> Iterator[_Limit]:
    for keyword in _LARGER.get(kind, ()):
        value = count_at(schema, keyword)
        if value:
            yield keyword, keyword, value, max
    for keyword in _SMALLER.get(kind, ()):
        value = count_at(schema, keyword)
        if value is not None:
            yield keyword, keyword, value, min
    for keyword in _TEXTS.get(kind, ()):
        text = text_at(schema, keyword)
        if text is not None and _says_something(kind, keyword, text):
            yield keyword, keyword, (text,), lambda new, old: tuple(sorted({*new, *old}))
    if kind == "string" and schema_at(schema, pointer, "contentSchema"):
        yield "contentSchema", "contentSchema", schema_at(schema, pointer, "contentSchema"), operator.add
    if kind == "array" and schema.get("uniqueItems") is True:
        yield "uniqueItems", "uniqueItems", True, max
    if kind == "number":
        yield from _number_limits(schema)


def _says_something(kind: str, keyword: str, text: str) -> bool:
    if keyword == "pattern":
        return text not in _EVERYTHING
    return keyword != "format" or (text != "password" and (kind == "number") == (text in _NUMBER_FORMATS))


def _number_limits(schema: Mapping[str, Any]) -> Iterator[_Limit]:
    if whole_numbers(schema):
        yield "type", "type", "integer", max
    multiple = number_at(schema, "multipleOf")
    if multiple is not None and multiple > 0:
        yield "multipleOf", "multipleOf", Fraction(str(multiple)), least_common_multiple
    for keyword, exclusive, tighter in (
        ("minimum", "exclusiveMinimum", _higher),
        ("maximum", "exclusiveMaximum", _lower),
    ):
        for name, is_open in ((keyword, False), (exclusive, True)):
            value = number_at(schema, name)
            if value is not None:
                yield keyword, name, Bound(value, is_open), tighter


def least_common_multiple(one: Fraction, other: Fraction) -> Fraction:
    """Return the smallest positive number that is a multiple of both."""
    return Fraction(math.lcm(one.numerator, other.numerator), math.gcd(one.denominator, other.denominator))


def _higher(one: Bound, other: Bound) -> Bound:
    return max(one, other, key=lambda bound: (bound.value, bound.open))


def _lower(one: Bound, other: Bound) -> Bound:
    return min(one, other, key=lambda bound: (bound.value, not bound.open))


def _tighten_bounds(merged: dict[str, Any]) -> None:
    """Among integers every bound can be one that belongs to the range."""
    if merged.get("type") != "integer":
        return
    if "minimum" in merged:
        bound = merged["minimum"]
        merged["minimum"] = Bound(math.floor(bound.value) + 1 if bound.open else math.ceil(bound.value))
    if "maximum" in merged:
        bound = merged["maximum"]
        merged["maximum"] = Bound(math.ceil(bound.value) - 1 if bound.open else math.floor(bound.value))


def led_to(parts: Parts, pointer: str) -> list[Mapping[str, Any]]:
    """Return the schema at `pointer` and those that it leads to: what they evaluate, it may leave alone."""
    return [schema for place, schema, above in parts if place == pointer or pointer in above]


def members(parts: Parts, hidden: Callable[[Key], bool]) -> tuple[Members, dict[str, str]]:
    """Return the members of objects, and where each is declared; `hidden` says which do not count on this side."""
    properties: dict[str, Key] = {}
    required: set[str] = set()
    layers: list[Layer] = []
    names: Key = ()
    demands: dict[str, frozenset[str]] = {}
    dependents: dict[str, Key] = {}
    origins: dict[str, str] = {}
    for pointer, schema, _ in parts:
        declared = named_at(schema, pointer, "properties")
        patterns = named_at(schema, pointer, "patternProperties")
        _check(patterns)
        for name, key in declared.items():
            properties[name] = properties.get(name, ()) + key
            origins.setdefault(f"properties/{name}", key[0])
        for name in names_at(schema, "required"):
            required.add(name)
            origins.setdefault(f"required/{name}", f"{pointer}/required")
        rest = schema_at(schema, pointer, "additionalProperties")
        if rest or patterns:
            layers.append(Layer(frozenset(declared), patterns, rest))
            origins.setdefault("patternProperties", pointer)
        for keyword in ("additionalProperties", "unevaluatedProperties"):
            if keyword in schema:
                origins.setdefault("additionalProperties", f"{pointer}/{keyword}")
        layers += _unevaluated(parts, pointer, schema)
        names += schema_at(schema, pointer, "propertyNames")
        for name, key in named_at(schema, pointer, "dependentSchemas").items():
            dependents[name] = dependents.get(name, ()) + key
        for name in map_at(schema, "dependentRequired"):
            also = names_at(map_at(schema, "dependentRequired"), name)
            demands[name] = demands.get(name, frozenset()) | also
    unsent = frozenset(name for name, key in properties.items() if hidden(key))
    left = {name: more for name, also in demands.items() if (more := also - required - unsent - {name})}
    shown = {name: key for name, key in properties.items() if name not in unsent}
    return Members(shown, frozenset(required) - unsent, unsent, tuple(layers), names, left, dependents), origins


def _unevaluated(parts: Parts, pointer: str, schema: Mapping[str, Any]) -> Iterator[Layer]:
    """Yield what `unevaluatedProperties` says: nothing where the schema, or one inside, has `additionalProperties`."""
    left = schema_at(schema, pointer, "unevaluatedProperties")
    inside = led_to(parts, pointer)
    if left and not any("additionalProperties" in one for one in inside):
        names = frozenset(name for one in inside for name in map_at(one, "properties"))
        patterns: dict[str, Key] = {pattern: () for one in inside for pattern in map_at(one, "patternProperties")}
        yield Layer(names, patterns, left)


def _check(patterns: Iterable[str]) -> None:
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error:
            raise NotComparableError(f"the pattern {pattern} cannot be read") from None


def elements(parts: Parts) -> Elements:
    """Return the elements of arrays."""
    layers: list[tuple[tuple[Key, ...], Key]] = []
    contains = []
    for pointer, schema, _ in parts:
        front = tuple((place,) for place in schemas_at(schema, pointer, "prefixItems"))
        rest = schema_at(schema, pointer, "items")
        if front or rest:
            layers.append((front, rest))
        left = schema_at(schema, pointer, "unevaluatedItems")
        inside = led_to(parts, pointer)
        if left and not any("items" in one for one in inside):
            seen = max(len(schemas_at(one, "", "prefixItems")) for one in inside)
            layers.append((((),) * seen, left))
        key = schema_at(schema, pointer, "contains")
        if key:
            least, most = count_at(schema, "minContains"), count_at(schema, "maxContains")
            if least != 0 or most is not None:
                contains.append(Contains(key, 1 if least is None else least, most))
    return Elements(tuple(layers), tuple(contains))
