"""Take schemas apart into those that hold together: what they refer to, and what `allOf` combines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import attrs

from specloom.spec import pointer as json_pointer

_OF_OBJECTS: Final = frozenset(
    {
        *("additionalProperties", "dependentRequired", "dependentSchemas", "maxProperties", "minProperties"),
        *("patternProperties", "properties", "propertyNames", "required", "unevaluatedProperties"),
    }
)
_OF_ARRAYS: Final = frozenset(
    {
        *("contains", "items", "maxContains", "maxItems", "minContains", "minItems", "prefixItems"),
        *("unevaluatedItems", "uniqueItems"),
    }
)
_OF_SCALARS: Final = frozenset(
    {
        *("exclusiveMaximum", "exclusiveMinimum", "format", "maxLength", "maximum", "minLength", "minimum"),
        *("multipleOf", "pattern"),
    }
)
_GENERAL: Final = frozenset(
    {"$dynamicRef", "$ref", "allOf", "anyOf", "const", "else", "enum", "if", "not", "oneOf", "then", "type"}
)
ASSERTIONS: Final = _OF_OBJECTS | _OF_ARRAYS | _OF_SCALARS | _GENERAL
"""The keywords of JSON Schema 2020-12 that refuse values; all others are texts."""


@attrs.frozen
class Part:
    """A schema and where it stands; `key` tells it from others, such as the same schema without some keywords."""

    pointer: str
    schema: dict[str, Any] = attrs.field(repr=False, eq=False)
    key: str

    @classmethod
    def of(cls, pointer: str, schema: Any) -> Part:
        """Return the schema at `pointer`, which may be a boolean one."""
        return cls(pointer, schema if isinstance(schema, dict) else {} if schema else {"not": {}}, pointer)

    @property
    def says(self) -> frozenset[str]:
        """The keywords of it that refuse values."""
        return ASSERTIONS & self.schema.keys()

    @property
    def is_never(self) -> bool:
        """Whether it refuses every value."""
        return self.schema.get("not") in ({}, True) and self.says == {"not"}

    def without(self, *keywords: str) -> Part:
        """Return it without `keywords`."""
        if not self.schema.keys() & set(keywords):
            return self
        kept = {keyword: value for keyword, value in self.schema.items() if keyword not in keywords}
        return Part(self.pointer, kept, f"{self.key} without {' '.join(keywords)}")

    def inner(self, keyword: str) -> Part:
        """Return the schema that stands at `keyword`."""
        return Part.of(f"{self.pointer}/{keyword}", self.schema[keyword])

    def each(self, keyword: str) -> Iterator[Part]:
        """Yield the schemas that the array at `keyword` holds."""
        for index, schema in enumerate(self.schema.get(keyword, ())):
            yield Part.of(f"{self.pointer}/{keyword}/{index}", schema)

    def named(self, keyword: str) -> Iterator[tuple[str, Part]]:
        """Yield (name, schema) for those that the object at `keyword` holds."""
        for name, schema in self.schema.get(keyword, {}).items():
            yield name, Part.of(self.pointer + json_pointer.join(keyword, name), schema)


class References:
    """Follows the references of one document."""

    def __init__(self, data: Any) -> None:
        """Follow references within `data`, all of which lead somewhere."""
        self._data = data

    def target(self, reference: str) -> Part:
        """Return the schema that `reference` names."""
        pointer = json_pointer.from_fragment(reference)
        return Part.of(pointer, json_pointer.get(self._data, pointer))

    def essential(self, parts: Iterable[Part]) -> list[Part]:
        """Return those of `parts` that refuse values, each once; those that only combine others replaced by these."""
        found: dict[str, Part] = {}
        for part in parts:
            combined = next((each for each in ("allOf", "anyOf", "oneOf") if part.says == {each}), "")
            inner = list(part.each(combined)) if combined else []
            if combined == "allOf" or len(inner) == 1:
                found |= {each.key: each for each in self.essential(inner)}
            elif part.says:
                found[part.key] = part
        return list(found.values())

    def flat(self, starts: Iterable[Part]) -> list[Part]:
        """Return all schemas that hold together where those of `starts` do, each once, without `$ref` and `allOf`."""
        seen: set[str] = set()
        return [each for start in starts for each in self._flat(start, seen)]

    def _flat(self, start: Part, seen: set[str]) -> Iterator[Part]:
        if start.key in seen:
            return
        seen.add(start.key)
        if "$ref" in start.schema:
            yield from self._flat(self.target(start.schema["$ref"]), seen)
        for each in start.each("allOf"):
            yield from self._flat(each, seen)
        alone = start.without("$ref", "allOf")
        if alone.says:
            yield alone
