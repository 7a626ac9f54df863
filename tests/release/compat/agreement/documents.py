"""Random documents that hold schemas, small enough that a few values tell two of them apart."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import attrs

from specloom.spec.subschemas import subschemas

Schema = Any
NAMES = ("a", "b", "c", "x-1")
COMPONENTS = ("Root", "Leaf", "Node")
TYPES = ("string", "integer", "number", "boolean", "null", "array", "object")
PATTERNS = ("^a", "b$", "^[ab]*$", "")
FORMATS = ("date", "ipv4", "uuid")
_SAME_VALUE = {"allOf", "anyOf", "dependentSchemas", "else", "if", "not", "oneOf", "then"}
SCALARS: tuple[Any, ...] = ("a", "ab", "b", "", 0, 1, 2, 5, 1.5, None, True, False)


@attrs.frozen
class Maker:
    """Makes schemas of at most `depth` levels; the same seed of `random` makes the same ones."""

    random: Random
    depth: int = 3

    def document(self) -> dict[str, Any]:
        """Return a document whose components refer to each other, in circles too."""
        return {
            "openapi": "3.1.0",
            "components": {"schemas": {name: self.schema() for name in COMPONENTS}},
        }

    def schema(self, level: int = 0) -> Schema:
        """Return a schema."""
        inner = (self.array, self.object, self.object, self.union, self.union, self.tagged, self.every, self.guarded)
        outer: tuple[Callable[[int], Schema], ...] = (self.string, self.number, self.listed, self.loose)
        makers = outer + (inner if level < self.depth else ()) + ((self.reference,) if level else ())
        return self.random.choice(makers)(level)

    def reference(self, _level: int) -> Schema:
        """Return a reference; a circle of references alone cannot arise, for no component is one."""
        schema = {"$ref": f"#/components/schemas/{self.random.choice(COMPONENTS[1:])}"}
        return {**schema, "minLength": 1} if self.random.random() < 0.1 else schema

    def loose(self, _level: int) -> Schema:
        """Return a schema that says little."""
        types = self.random.sample(TYPES, self.random.randint(1, 3))
        return self.random.choice([True, {}, {"type": types}, {"type": types, "minimum": 1, "maxLength": 2}])

    def string(self, _level: int) -> Schema:
        """Return a schema of strings."""
        return {
            "type": self.random.choice(["string", ["string", "null"]]),
            **self.some(minLength=self.random.randint(0, 2), maxLength=self.random.randint(0, 3)),
            **self.some(pattern=self.random.choice(PATTERNS), format=self.random.choice(FORMATS), rarely=True),
        }

    def number(self, _level: int) -> Schema:
        """Return a schema of numbers."""
        return {
            "type": self.random.choice(["integer", "number", ["number", "null"], ["integer", "string"]]),
            **self.some(minimum=self.random.choice([0, 1, 1.5]), maximum=self.random.choice([2, 5, 4.5])),
            **self.some(exclusiveMinimum=self.random.choice([0, 0.5]), rarely=True),
            **self.some(exclusiveMaximum=5, multipleOf=self.random.choice([0.5, 1, 2, 3]), rarely=True),
        }

    def listed(self, _level: int) -> Schema:
        """Return a schema that lists its values."""
        values = self.random.sample(SCALARS, self.random.randint(1, 4))
        return self.random.choice(
            [{"enum": values}, {"const": values[0]}, {"enum": values, "type": ["string", "null"]}]
        )

    def array(self, level: int) -> Schema:
        """Return a schema of arrays."""
        inner = self.schema(level + 1)
        return {
            "type": "array",
            "items": self.random.choice([inner, inner, inner, False]),
            **self.some(minItems=self.random.randint(0, 2), maxItems=self.random.randint(0, 3), uniqueItems=True),
            **self.some(
                contains=self.schema(self.depth), minContains=self.random.randint(0, 2),
                maxContains=2, prefixItems=[self.schema(self.depth)], unevaluatedItems=False, rarely=True,
            ),
        }  # fmt: skip

    def object(self, level: int) -> Schema:
        """Return a schema of objects."""
        names = self.random.sample(NAMES, self.random.randint(0, 3))
        return {
            **({"type": "object"} if self.random.random() < 0.8 else {}),
            "properties": {name: self.schema(level + 1) for name in names},
            **self.some(required=self.random.sample(names, self.random.randint(0, len(names)))),
            **self.some(dependentRequired={self.random.choice(NAMES): [self.random.choice(NAMES)]}),
            **self.some(
                additionalProperties=self.random.choice([False, False, True, self.schema(self.depth)]),
                minProperties=self.random.randint(0, 2), maxProperties=self.random.randint(0, 3), rarely=True,
            ),
            **self.some(
                patternProperties={"^x-": self.schema(self.depth)}, propertyNames={"maxLength": 2},
                unevaluatedProperties=self.random.choice([False, self.schema(self.depth)]),
                dependentSchemas={self.random.choice(NAMES): self.object(level + 1)} if level < self.depth else {},
                rarely=True,
            ),
        }  # fmt: skip

    def union(self, level: int) -> Schema:
        """Return a schema with alternatives that may overlap."""
        alternatives = [self.schema(level + 1) for _ in range(self.random.randint(1, 3))]
        beside = self.object(self.depth) if self.random.random() < 0.2 else {}
        return {**beside, self.random.choice(["anyOf", "anyOf", "oneOf"]): alternatives}

    def tagged(self, level: int) -> Schema:
        """Return alternatives that a tag tells apart."""
        tags = self.random.sample(["a", "b", "ab"], self.random.randint(1, 3))
        return {"oneOf": [self._alternative(tag, level) for tag in tags]}

    def _alternative(self, tag: str, level: int) -> Schema:
        made = self.object(level + 1)
        made.update(type="object", required=[*made.get("required", []), "kind"])
        made["properties"]["kind"] = {"const": tag}
        return made

    def every(self, level: int) -> Schema:
        """Return schemas that apply together."""
        return {"allOf": [self.schema(level + 1) for _ in range(self.random.randint(1, 2))]}

    def guarded(self, level: int) -> Schema:
        """Return a schema with `not` or `if`."""
        schema = self.schema(level + 1)
        if not isinstance(schema, dict):
            return {"not": {"type": "string"}}
        other = self.schema(self.depth)
        return {
            **schema,
            **self.random.choice([{"not": other}, {"if": other, "then": self.schema(level + 1)}, {"if": other}]),
            **self.some({"else": self.schema(self.depth)}, rarely=True),
        }

    def some(self, more: dict[str, Any] | None = None, *, rarely: bool = False, **keywords: Any) -> dict[str, Any]:
        """Return a few of the keywords."""
        share = 0.1 if rarely else 0.35
        return {name: value for name, value in {**(more or {}), **keywords}.items() if self.random.random() < share}


def reachable(document: dict[str, Any]) -> list[str]:
    """Return the components that the first one leads to, itself first."""
    found = [COMPONENTS[0]]
    for name in found:
        found += [other for other in _referred(document["components"]["schemas"][name]) if other not in found]
    return found


def circular(document: dict[str, Any]) -> bool:
    """Say whether a component applies to a value because it applies to the same value: what JSON Schema forbids."""
    schemas = document["components"]["schemas"]
    edges = {name: set(_referred(schemas[name], same_value=True)) for name in schemas}
    for _ in edges:
        edges = {name: ends.union(*(edges[end] for end in ends)) for name, ends in edges.items()}
    return any(name in ends for name, ends in edges.items())


def _referred(schema: Schema, *, same_value: bool = False) -> list[str]:
    found = []
    if isinstance(schema, dict) and "$ref" in schema:
        found.append(schema["$ref"].rpartition("/")[2])
    for tokens, child in subschemas(schema):
        if not same_value or tokens[0] in _SAME_VALUE:
            found += _referred(child, same_value=same_value)
    return list(dict.fromkeys(found))
