"""Values that lie about the limits of a schema: made along its keywords, valid or nearly so."""

from __future__ import annotations

from random import Random
from typing import Any

import attrs
from tests.release.compat.agreement.documents import NAMES, SCALARS

from specloom.spec import pointer as json_pointer

STRINGS = ("", "a", "b", "ab", "aab", "bbbb", "2020-01-01", "127.0.0.1", "00000000-0000-0000-0000-000000000000")
NUMBERS = (-1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 4, 4.5, 5, 6)
POOLS: dict[str, tuple[Any, ...]] = {
    "string": STRINGS,
    "integer": NUMBERS,
    "number": NUMBERS,
    "boolean": (False, True),
    "null": (None,),
}
_DEEPEST = 5


@attrs.frozen
class Values:
    """Makes values of the schemas of one document."""

    document: dict[str, Any]
    random: Random

    def value(self, pointer: str) -> Any:
        """Return a value of the schema at `pointer`."""
        return self._value([json_pointer.get(self.document, pointer)], 0)

    def _value(self, schemas: list[Any], level: int) -> Any:
        parts = self._parts(schemas, 0)
        listed = [value for part in parts for value in (*part.get("enum", []), *_constants(part))]
        if listed and self.random.random() < 0.9:
            return self.random.choice(listed)
        kind = self._kind(parts)
        if kind == "object":
            return self._object(parts, level)
        if kind == "array":
            return self._array(parts, level)
        return self.random.choice(POOLS.get(kind, SCALARS))

    def _parts(self, schemas: list[Any], level: int) -> list[dict[str, Any]]:
        """Return the schemas that apply together, one choice of the alternatives made."""
        parts = []
        for schema in schemas:
            if not isinstance(schema, dict) or level > _DEEPEST:
                continue
            parts.append(schema)
            more = list(schema.get("allOf", []))
            for keyword in ("anyOf", "oneOf"):
                alternatives = schema.get(keyword, [])
                more += self.random.sample(alternatives, min(len(alternatives), self.random.choice([1, 1, 1, 2])))
            if "if" in schema:
                more += self.random.choice([[schema["if"], schema.get("then", True)], [schema.get("else", True)]])
            if "$ref" in schema:
                more.append(json_pointer.get(self.document, schema["$ref"][1:]))
            if "dependentSchemas" in schema and self.random.random() < 0.5:
                more += schema["dependentSchemas"].values()
            parts += self._parts(more, level + 1)
        return parts

    def _kind(self, parts: list[dict[str, Any]]) -> str:
        types = [part["type"] for part in parts if "type" in part]
        if types:
            chosen = self.random.choice(types)
            return str(chosen if isinstance(chosen, str) else self.random.choice(chosen))
        if any("properties" in part or "required" in part for part in parts) and self.random.random() < 0.8:
            return "object"
        return "array" if any("items" in part for part in parts) and self.random.random() < 0.5 else "any"

    def _object(self, parts: list[dict[str, Any]], level: int) -> dict[str, Any]:
        required = {name for part in parts for name in part.get("required", [])}
        declared = {name for part in parts for name in part.get("properties", {})}
        if any({"additionalProperties", "patternProperties", "unevaluatedProperties"} & part.keys() for part in parts):
            declared |= set(NAMES)
        share = self.random.choice([0.0, 0.5, 0.5, 1.0])
        if level > _DEEPEST:
            share = 0.0
        if level > 2 * _DEEPEST:
            return {}
        names = sorted(name for name in required | declared if name in required or self.random.random() < share)
        if names and self.random.random() < 0.15:
            names.remove(self.random.choice(names))
        return {name: self._value(_member(parts, name), level + 1) for name in names}

    def _array(self, parts: list[dict[str, Any]], level: int) -> list[Any]:
        counts = [part[keyword] for part in parts for keyword in ("minItems", "maxItems") if keyword in part]
        size = self.random.choice([*counts, 0, 1, 2, 3])
        if level > _DEEPEST:
            size = 0
        return [self._value(_element(parts, index), level + 1) for index in range(size)]


def _constants(part: dict[str, Any]) -> list[Any]:
    return [part["const"]] if "const" in part else []


def _member(parts: list[dict[str, Any]], name: str) -> list[Any]:
    found = [part["properties"][name] for part in parts if name in part.get("properties", {})]
    if name.startswith("x-"):
        found += [child for part in parts for child in part.get("patternProperties", {}).values()]
    return found or [part["additionalProperties"] for part in parts if "additionalProperties" in part]


def _element(parts: list[dict[str, Any]], index: int) -> list[Any]:
    found = []
    for part in parts:
        front = part.get("prefixItems", [])
        if index < len(front):
            found.append(front[index])
        elif "items" in part:
            found.append(part["items"])
        if "contains" in part and index == 0:
            found.append(part["contains"])
    return found
