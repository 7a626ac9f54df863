"""Follow the references of schemas, and take apart what `allOf` combines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import attrs

from specloom.spec import pointer as json_pointer

SHAPE: Final = frozenset(
    {
        *("$ref", "allOf", "anyOf", "oneOf", "type", "enum", "const", "format"),
        *("properties", "required", "additionalProperties", "patternProperties", "items", "prefixItems"),
    }
)
"""The keywords that say which type of Python a value has; all others are constraints or texts."""
_COMBINED: Final = frozenset({"allOf", "anyOf", "oneOf"})


@attrs.frozen
class Part:
    """A schema and where it stands; `key` tells it from others, such as the same schema without some keywords."""

    pointer: str
    schema: dict[str, Any] = attrs.field(repr=False, eq=False)
    key: str = ""

    @property
    def shape(self) -> frozenset[str]:
        """The keywords of it that say something of the type."""
        return SHAPE & self.schema.keys()

    def without(self, *keywords: str) -> Part:
        """Return it without `keywords`."""
        kept = {keyword: value for keyword, value in self.schema.items() if keyword not in keywords}
        return Part(self.pointer, kept, f"{self.key} without {' '.join(keywords)}")


def part(pointer: str, schema: Any) -> Part:
    """Return the schema at `pointer`; a boolean one allows anything, for a client."""
    return Part(pointer, schema if isinstance(schema, dict) else {}, pointer)


def parts_of(holder: Part, keyword: str) -> list[Part]:
    """Return the schemas that the array or object at `keyword` of `holder` holds."""
    held = holder.schema.get(keyword, ())
    pairs: Iterable[tuple[Any, Any]] = held.items() if isinstance(held, dict) else enumerate(held)
    at = f"{holder.pointer}/{keyword}"
    return [part(at + json_pointer.join(str(name)), schema) for name, schema in pairs]


@attrs.frozen
class Followed:
    """Where a schema leads that only refers to another, and what is said on the way there."""

    part: Part
    description: str
    default: Any
    example: Any


class References:
    """Follows the references of one document."""

    def __init__(self, data: Any) -> None:
        """Follow references within `data`, all of which lead somewhere."""
        self._data = data

    def target(self, reference: str) -> Part:
        """Return the schema that `reference` names."""
        pointer = json_pointer.from_fragment(reference)
        return part(pointer, json_pointer.get(self._data, pointer))

    def follow(self, start: Part) -> Followed:
        """Return the schema that `start` stands for: what it refers to unless it says something of the type itself."""
        found, seen = start, {start.key}
        description, example, default = "", None, start.schema.get("default")
        while True:
            description = description or str(found.schema.get("description", ""))
            example = found.schema.get("example") if example is None else example
            following = self._next(found)
            if following is None:
                return Followed(found, description, default, example)
            if following.key in seen:
                return Followed(Part(found.pointer, {}, f"{found.key} in circles"), description, default, example)
            seen.add(following.key)
            if default is None and "$ref" not in found.shape:
                default = following.schema.get("default")
            found = following

    def _next(self, found: Part) -> Part | None:
        """Return the only schema that `found` consists of, if there is one."""
        shape = found.shape
        if shape == {"$ref"}:
            return self.target(found.schema["$ref"])
        inner = shape - {"type"}
        if len(inner) != 1 or not inner <= _COMBINED or (len(shape) > 1 and found.schema["type"] != "object"):
            return None
        keyword = next(iter(inner))
        combined = [each for each in parts_of(found, keyword) if keyword != "allOf" or each.shape]
        return combined[0] if len(combined) == 1 else None

    def flat(self, starts: Iterable[Part]) -> list[Part]:
        """Return all schemas that hold together where those of `starts` do, each once, those referred to first."""
        seen: set[str] = set()
        return [each for start in starts for each in self._flat(start, seen)]

    def _flat(self, start: Part, seen: set[str]) -> Iterator[Part]:
        found = self.follow(start).part
        if found.key in seen:
            return
        seen.add(found.key)
        if "$ref" in found.schema:
            yield from self._flat(self.target(found.schema["$ref"]), seen)
        for each in parts_of(found, "allOf"):
            yield from self._flat(each, seen)
        yield found
