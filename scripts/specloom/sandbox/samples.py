"""Make values of a schema, always the same ones for the same seed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from random import Random
from typing import Any, Final

from specloom.sandbox.sample_text import sample_text
from specloom.spec import Schemas
from specloom.spec import pointer as json_pointer
from specloom.spec.document import Document
from specloom.spec.equality import equal
from specloom.spec.expression import ABSENT

_ATTEMPTS: Final = 30
_MAX_DEPTH: Final = 6
_MAX_VALUES: Final = 500
_IMPLIED: Final[Mapping[str, str]] = {
    "properties": "object", "required": "object", "additionalProperties": "object", "patternProperties": "object",
    "items": "array", "prefixItems": "array", "minItems": "array", "maxItems": "array",
    "pattern": "string", "format": "string", "minLength": "string", "maxLength": "string",
    "minimum": "number", "maximum": "number", "multipleOf": "number",
}  # fmt: skip
"""The type that a keyword is about, for schemas that name none."""

_Schema = Mapping[str, Any]


class Sampler:
    """Makes values of the schemas of one document."""

    def __init__(self, document: Document, schemas: Schemas) -> None:
        """Take a document and its compiled schemas."""
        self._document = document
        self._schemas = schemas

    def sample(self, schema_pointer: str, seed: str, *, examples: bool = False) -> Any:
        """Return a value of the schema at `schema_pointer`; with `examples`, made of those in it where there are some.

        Raises ValueError when none was found: the schema says too much at once, or cannot be met.
        """
        validator = self._schemas.validator(schema_pointer)
        schema = {"$ref": f"#{schema_pointer}"}
        for attempt in range(_ATTEMPTS):
            # Values that satisfy a caller's test, not secrets. Later attempts stay smaller.
            making = _Making(self._document, Random(f"{seed}/{attempt}"), examples=examples and attempt == 0)  # noqa: S311
            try:
                value = making.value(schema, attempt // 10)
            except RecursionError:
                break
            if validator.is_valid(value):
                return value
        raise ValueError(f"no value was found for the schema at {schema_pointer}; give it an example")


class _Making:
    """One attempt at a value."""

    def __init__(self, document: Document, random: Random, *, examples: bool) -> None:
        self._document = document
        self._random = random
        self._examples = examples
        self._left = _MAX_VALUES

    def value(self, source: Any, depth: int) -> Any:
        self._left -= 1
        depth = depth if self._left > 0 else _MAX_DEPTH
        schema = self._flat(source, depth)
        given = self._given(schema)
        return self._made(schema, depth) if given is ABSENT else given

    def _given(self, schema: _Schema) -> Any:
        """Return a value that the schema itself spells out, or ABSENT."""
        if "const" in schema:
            return schema["const"]
        if self._examples:
            known = [schema[name] for name in ("example", "default") if name in schema] + schema.get("examples", [])
            if known:
                return known[0]
        return self._random.choice(schema["enum"]) if schema.get("enum") else ABSENT

    def _made(self, schema: _Schema, depth: int) -> Any:
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

    def _flat(self, source: Any, depth: int) -> _Schema:
        """Return a schema with `$ref`, `allOf` and one alternative of `oneOf` and `anyOf` written into it."""
        if not isinstance(source, Mapping):
            return {}
        schema = dict(source)
        if isinstance(schema.get("$ref"), str):
            target = self._document.at(json_pointer.from_fragment(schema.pop("$ref")))
            schema = _merged(self._flat(target, depth), schema)
        for part in schema.pop("allOf", []):
            schema = _merged(self._flat(part, depth), schema)
        for keyword in ("oneOf", "anyOf"):
            if schema.get(keyword):
                schema = self._chosen(schema, schema.pop(keyword), depth)
        return schema

    def _chosen(self, schema: dict[str, Any], alternatives: list[Any], depth: int) -> dict[str, Any]:
        if depth >= _MAX_DEPTH:
            # What refers to nothing cannot go round in circles.
            alternatives = [each for each in alternatives if "$ref" not in each] or alternatives
        elif self._examples:
            alternatives = alternatives[:1]
        chosen = self._random.choice(alternatives)
        discriminator = schema.pop("discriminator", {})
        merged = _merged(self._flat(chosen, depth), schema)
        name, reference = discriminator.get("propertyName"), chosen.get("$ref", "") if isinstance(chosen, dict) else ""
        if name and reference:
            tags = [tag for tag, target in discriminator.get("mapping", {}).items() if target == reference]
            tag = {"const": tags[0] if tags else reference.rpartition("/")[2]}
            known = merged.get("properties", {})
            if "const" not in known.get(name, {}):
                merged = {**merged, "properties": {**known, name: tag}}
        return merged

    def _type(self, schema: _Schema) -> str:
        declared = schema.get("type")
        if isinstance(declared, list):
            some = [each for each in declared if each != "null"]
            return str(self._random.choice(some if some and self._examples else declared))
        if declared is None:
            return next((_IMPLIED[keyword] for keyword in schema if keyword in _IMPLIED), "string")
        return str(declared)

    def _object(self, schema: _Schema, depth: int) -> dict[str, Any]:
        properties, required = schema.get("properties", {}), schema.get("required", [])
        made = {}
        for name, member in {**{name: {} for name in required}, **properties}.items():
            wanted = depth < _MAX_DEPTH and (self._examples or self._random.random() < 0.75)  # noqa: PLR2004 - most
            # Nobody answers what may only be written (OpenAPI 3.0 and JSON Schema 2020-12, validation 9.4).
            if name in required or (wanted and not (isinstance(member, Mapping) and member.get("writeOnly"))):
                made[name] = self.value(member, depth + 1)
        additional = schema.get("additionalProperties", {})
        for number in range(schema.get("minProperties", 0) - len(made)):
            made[f"member{number + 1}"] = self.value(additional, depth + 1)
        return made

    def _array(self, schema: _Schema, depth: int) -> list[Any]:
        first, rest = schema.get("prefixItems", []), schema.get("items", {})
        least = schema.get("minItems", 0)
        most = min(schema.get("maxItems", least + 3), least + 3)
        count = least if depth >= _MAX_DEPTH else self._random.randint(min(max(least, 1), most), most)
        made: list[Any] = []
        for index in range(count):
            element = self.value(first[index] if index < len(first) else rest, depth + 1)
            if not (schema.get("uniqueItems") and any(equal(element, other) for other in made)):
                made.append(element)
        return made

    def _number(self, schema: _Schema, *, whole: bool) -> float:
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


def _merged(below: _Schema, above: _Schema) -> dict[str, Any]:
    """Return a schema that demands what both do, as far as that can be written down by simply adding."""
    merged = {**below, **above}
    if "properties" in below and "properties" in above:
        shared = dict(below["properties"])
        for name, member in above["properties"].items():
            other = shared.get(name)
            shared[name] = {"allOf": [other, member]} if other is not None and other != member else member
        merged["properties"] = shared
    if "required" in below and "required" in above:
        merged["required"] = list(dict.fromkeys([*below["required"], *above["required"]]))
    for keyword in ("oneOf", "anyOf"):
        if keyword in below and keyword in above:
            merged["allOf"] = [*merged.get("allOf", []), {keyword: below[keyword]}]
    if "enum" in below and "enum" in above:
        merged["enum"] = [value for value in below["enum"] if any(equal(value, other) for other in above["enum"])]
    return merged
