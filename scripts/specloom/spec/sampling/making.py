"""Make one value of a schema at random, without a look at whether it satisfies all of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from random import Random
from typing import Any, Final, Literal

from specloom.spec import pointer as json_pointer
from specloom.spec.document import Document
from specloom.spec.equality import equal
from specloom.spec.expression import ABSENT
from specloom.spec.sampling.merging import Schema, is_contradictory, merged
from specloom.spec.sampling.text import sample_text

Purpose = Literal["answer", "request"]
Examples = Literal["all", "scalars", "none"]
"""Which of the examples that a schema gives are used for a value."""

MAX_DEPTH: Final = 6
"""Where values have nothing any more that they need not have."""

_MAX_VALUES: Final = 500
_MOST: Final = 0.75
"""The share of optional members that are made where no example asks for all, and the like."""

_HIDDEN: Final[Mapping[Purpose, str]] = {"answer": "writeOnly", "request": "readOnly"}
_IMPLIED: Final[Mapping[str, str]] = {
    "properties": "object", "required": "object", "additionalProperties": "object", "patternProperties": "object",
    "minProperties": "object", "maxProperties": "object",
    "items": "array", "prefixItems": "array", "minItems": "array", "maxItems": "array",
    "pattern": "string", "format": "string", "minLength": "string", "maxLength": "string",
    "minimum": "number", "maximum": "number", "multipleOf": "number",
}  # fmt: skip
"""The type that a keyword is about, for schemas that name none."""

_Unions = list[tuple[list[Any], Mapping[str, Any]]]
"""Alternatives of `oneOf` or `anyOf` that are not chosen from yet, with the discriminator beside them."""


class Making:
    """One attempt at a value."""

    def __init__(self, document: Document, random: Random, examples: Examples, purpose: Purpose) -> None:
        """Take the document that the schema stands in, the source of chance, and what the value is for."""
        self._document = document
        self._random = random
        self._examples = examples
        self._hidden = _HIDDEN[purpose]
        self._left = _MAX_VALUES

    def value(self, source: Any, depth: int) -> Any:
        """Return a value of a schema; the deeper it stands, the smaller. Raises RecursionError where it has no end."""
        self._left -= 1
        depth = depth if self._left > 0 else MAX_DEPTH
        schema = self._flat(source, depth)
        given = self._given(schema)
        return self._made(schema, depth) if given is ABSENT else given

    def _given(self, schema: Schema) -> Any:
        """Return a value that the schema itself spells out, or ABSENT."""
        if "const" in schema:
            return schema["const"]
        if self._examples != "none":
            given = schema.get("examples", [])
            known = [schema[name] for name in ("example", "default") if name in schema]
            known += given if isinstance(given, list) else []
            if self._examples == "scalars":
                known = [each for each in known if not isinstance(each, dict | list)]
            if known:
                return known[0]
        return self._random.choice(schema["enum"]) if schema.get("enum") else ABSENT

    def _made(self, schema: Schema, depth: int) -> Any:
        kind = self._type(schema)
        if kind == "object":
            return self._object(schema, depth)
        if kind == "array":
            return self._array(schema, depth)
        if kind in {"integer", "number"}:
            return self._number(schema, whole=kind == "integer")
        if kind == "string":
            return sample_text(schema, self._random)
        return None if kind == "null" else self._random.choice([True, False])

    def _flat(self, source: Any, depth: int) -> Schema:
        """Return a schema with `$ref`, `allOf` and one alternative of `oneOf` and `anyOf` written into it."""
        schema, unions = self._gathered(source)
        for alternatives, discriminator in unions:
            schema = self._chosen(schema, alternatives, discriminator, depth)
        return schema

    def _gathered(self, source: Any) -> tuple[dict[str, Any], _Unions]:
        """Return a schema with `$ref` and `allOf` written into it, and its unions."""
        if not isinstance(source, Mapping):
            return {}, []
        schema, unions = dict(source), _Unions()
        parts = list(schema.pop("allOf", []))
        if isinstance(schema.get("$ref"), str):
            parts.insert(0, self._document.at(json_pointer.from_fragment(schema.pop("$ref"))))
        discriminator = schema.pop("discriminator", {})
        for keyword in ("oneOf", "anyOf"):
            if schema.get(keyword):
                unions.append((schema.pop(keyword), discriminator))
        for part in parts:
            below, more = self._gathered(part)
            schema = merged(below, schema)
            unions += more
        return schema, unions

    def _chosen(
        self, schema: dict[str, Any], alternatives: list[Any], discriminator: Mapping[str, Any], depth: int
    ) -> dict[str, Any]:
        """Return `schema` with the first of the alternatives that does not contradict it; the order is random."""
        order = list(alternatives)
        if self._examples == "none":
            self._random.shuffle(order)
        if depth >= MAX_DEPTH:
            # What refers to nothing cannot go round in circles.
            order.sort(key=lambda each: isinstance(each, Mapping) and "$ref" in each)
        found = schema
        for alternative in order:
            below, unions = self._gathered(alternative)
            # Schemas that name their alternatives otherwise than their discriminator says are found by ignoring it.
            named_by = discriminator if "mapping" in discriminator or self._random.random() < _MOST else {}
            found = _tagged(merged(below, schema), alternative, named_by)
            for inner, beside in unions:
                found = self._chosen(found, inner, beside, depth)
            if not is_contradictory(found):
                break
        return found

    def _type(self, schema: Schema) -> str:
        declared = schema.get("type")
        if isinstance(declared, list):
            some = [each for each in declared if each != "null"]
            chosen = some if some and self._examples != "none" else declared
            return str(self._random.choice(chosen)) if chosen else "null"
        if declared is None:
            return next((_IMPLIED[keyword] for keyword in schema if keyword in _IMPLIED), "string")
        return str(declared)

    def _object(self, schema: Schema, depth: int) -> dict[str, Any]:
        properties, required = schema.get("properties", {}), schema.get("required", [])
        made = {}
        for name, member in {**{name: {} for name in required}, **properties}.items():
            is_chosen = self._examples != "none" or self._random.random() < _MOST
            wanted = depth < MAX_DEPTH and is_chosen
            # Nobody answers what may only be written (OpenAPI 3.0 and JSON Schema 2020-12, validation 9.4).
            if name in required or (wanted and not (isinstance(member, Mapping) and member.get(self._hidden))):
                made[name] = self.value(member, depth + 1)
        additional = schema.get("additionalProperties", {})
        for number in range(schema.get("minProperties", 0) - len(made)):
            made[f"member{number + 1}"] = self.value(additional, depth + 1)
        return made

    def _array(self, schema: Schema, depth: int) -> list[Any]:
        first, rest = schema.get("prefixItems", []), schema.get("items", {})
        least = schema.get("minItems", 0)
        most = min(schema.get("maxItems", least + 3), least + 3)
        count = least if depth >= MAX_DEPTH else self._random.randint(min(max(least, 1), most), most)
        made: list[Any] = []
        for index in range(count):
            element = self.value(first[index] if index < len(first) else rest, depth + 1)
            if not (schema.get("uniqueItems") and any(equal(element, other) for other in made)):
                made.append(element)
        return made

    def _number(self, schema: Schema, *, whole: bool) -> float:
        step = schema.get("multipleOf", 1 if whole else 0.01)
        low = schema.get("minimum", schema.get("exclusiveMinimum"))
        high = schema.get("maximum", schema.get("exclusiveMaximum"))
        if low is None:
            low = 0 if high is None or high >= 0 else high - 1000 * step
        if high is None:
            high = low + 1000 * step
        first, last = math.ceil(low / step), math.floor(high / step)
        first += first * step == schema.get("exclusiveMinimum")
        last -= last * step == schema.get("exclusiveMaximum")
        made = self._random.randint(first, max(first, last)) * step
        return int(made) if whole else round(made, 10)


def _tagged(schema: dict[str, Any], alternative: Any, discriminator: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of an alternative with the value that its discriminator gives it, where it names none itself.

    What is mapped to nothing has the name of its component (OpenAPI 3.1, 4.8.25.4).
    """
    name = discriminator.get("propertyName")
    reference = alternative.get("$ref", "") if isinstance(alternative, Mapping) else ""
    if not name or not reference:
        return schema
    tags = [tag for tag, target in discriminator.get("mapping", {}).items() if target == reference]
    known = schema.get("properties", {})
    member = known.get(name, {})
    if not isinstance(member, Mapping) or "const" in member or ("enum" in member and not tags):
        return schema
    tag = tags[0] if tags else reference.rpartition("/")[2]
    return {**schema, "properties": {**known, name: {"const": tag}}}
