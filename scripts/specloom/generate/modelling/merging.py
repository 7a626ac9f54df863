"""See the schemas that hold together as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import attrs

from specloom.generate.modelling.parts import Part
from specloom.spec.equality import is_in
from specloom.spec.json_types import types_left

_LOWER: Final = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_UPPER: Final = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")


@attrs.frozen
class Merged:
    """What several schemas say together, none of which refers to another one or combines any.

    `types` is None where they allow every type, and empty where they contradict each other. `groups` has the
    alternatives of each `anyOf` and `oneOf`, `values` those of `enum` and `const`.
    """

    parts: tuple[Part, ...]
    types: tuple[str, ...] | None
    values: tuple[Any, ...] | None
    groups: tuple[tuple[Part, ...], ...]

    @property
    def place(self) -> str:
        """Where the last of the schemas stands."""
        return self.parts[-1].pointer

    @property
    def properties(self) -> dict[str, list[Part]]:
        """The schemas of each member, by its name; of those that are only required, too."""
        found: dict[str, list[Part]] = {}
        for part in self.parts:
            for name, inner in part.named("properties"):
                found.setdefault(name, []).append(inner)
        for name in self.required:
            found.setdefault(name, [])
        return found

    @property
    def required(self) -> list[str]:
        """The names of the members that have to be there."""
        return list(dict.fromkeys(name for part in self.parts for name in part.schema.get("required", ())))

    @property
    def additional(self) -> list[Part] | bool:
        """The schemas of further members, or whether there may be any."""
        given = [part.inner("additionalProperties") for part in self.parts if "additionalProperties" in part.schema]
        given += [part.inner("unevaluatedProperties") for part in self.parts if "unevaluatedProperties" in part.schema]
        patterns = [inner for part in self.parts for _, inner in part.named("patternProperties")]
        if any(each.is_never for each in given):
            return patterns[:1] if len(patterns) == 1 else bool(patterns)
        found = [each for each in given if each.says]
        return True if patterns or not found else found

    @property
    def items(self) -> list[Part]:
        """The schemas of elements that hold together."""
        return [part.inner("items") for part in self.parts if "items" in part.schema]

    @property
    def first_items(self) -> list[Part]:
        """The schemas of the first elements, each of one element."""
        return [inner for part in self.parts for inner in part.each("prefixItems")]

    def limits(self, *keywords: str) -> dict[str, Any]:
        """Return the limits that `keywords` name and that are set, the narrowest of each."""
        found: dict[str, Any] = {}
        for keyword in keywords:
            values = [part.schema[keyword] for part in self.parts if keyword in part.schema]
            if values:
                found[keyword] = max(values) if keyword in _LOWER else min(values) if keyword in _UPPER else values[0]
        return found


def merge(parts: Sequence[Part]) -> Merged:
    """Return what `parts` say together."""
    groups = [
        tuple(each for each in part.each(keyword) if not each.is_never)
        for part in parts
        for keyword in ("anyOf", "oneOf")
        if keyword in part.schema
    ]
    return Merged(tuple(parts), _types(parts), _values(parts), tuple(groups))


def kind(value: Any) -> str:
    """Return the narrowest JSON type of `value`."""
    if isinstance(value, float):
        return "integer" if value.is_integer() else "number"
    return _KINDS[type(value)]


def fits(value: Any, types: Sequence[str]) -> bool:
    """Say whether `value` is of one of the JSON `types`."""
    return kind(value) in types or (kind(value) == "integer" and "number" in types)


_KINDS: Final = {bool: "boolean", int: "integer", str: "string", type(None): "null", list: "array", dict: "object"}


def _types(parts: Sequence[Part]) -> tuple[str, ...] | None:
    if any(part.is_never for part in parts):
        return ()
    types = types_left(part.schema for part in parts)
    return _implied(parts) if types is None else types


def _implied(parts: Sequence[Part]) -> tuple[str, ...] | None:
    """Return the type that is meant where none is named: members are those of an object."""
    said = frozenset[str]().union(*(part.says for part in parts))
    if said & {"enum", "const"}:
        return None
    if said & {"properties", "patternProperties", "additionalProperties"}:
        return ("object",)
    return ("array",) if said & {"items", "prefixItems"} else None


def _values(parts: Sequence[Part]) -> tuple[Any, ...] | None:
    found: list[Any] | None = None
    for part in parts:
        given = [part.schema["enum"]] if "enum" in part.schema else []
        given += [[part.schema["const"]]] if "const" in part.schema else []
        for values in given:
            found = list(values) if found is None else [value for value in found if is_in(value, values)]
    return None if found is None else tuple(found)
