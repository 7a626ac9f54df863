"""See the schemas that hold together as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import attrs

from specloom.generate.normalising.parts import Part, part, parts_of
from specloom.spec.equality import is_in
from specloom.spec.json_types import types_left

_OF_OBJECTS: Final = frozenset({"properties", "patternProperties", "additionalProperties"})


@attrs.frozen
class Merged:
    """What several schemas say together.

    `types` is None where they allow every type, and empty where they contradict each other. `groups` has the
    alternatives of each `anyOf` and `oneOf`, `values` those of `enum` and `const`.
    """

    parts: tuple[Part, ...]
    types: tuple[str, ...] | None
    values: tuple[Any, ...] | None
    groups: tuple[tuple[Part, ...], ...]

    @property
    def properties(self) -> dict[str, list[Part]]:
        """The schemas of each member, by its name."""
        found: dict[str, list[Part]] = {}
        for each in self.parts:
            for name, inner in zip(each.schema.get("properties", ()), parts_of(each, "properties"), strict=True):
                found.setdefault(name, []).append(inner)
        return found

    @property
    def required(self) -> set[str]:
        """The names of the members that have to be there."""
        return {name for each in self.parts for name in each.schema.get("required", ())}

    @property
    def additional(self) -> Part | bool:
        """The schema of further members, or whether there may be any."""
        given = [each for each in self.parts if "additionalProperties" in each.schema]
        for each in given:
            if isinstance(each.schema["additionalProperties"], dict):
                return part(f"{each.pointer}/additionalProperties", each.schema["additionalProperties"])
        shaped = [each for each in self.parts if each.shape & {"properties", "additionalProperties"}]
        patterned = any("patternProperties" in each.schema for each in self.parts)
        is_open = any(each.schema.get("additionalProperties", True) is not False for each in shaped or self.parts)
        return patterned or is_open

    @property
    def items(self) -> list[list[Part]]:
        """The schemas of elements: each list holds together, an element follows one of the lists."""
        first = [[inner] for each in self.parts for inner in parts_of(each, "prefixItems")]
        others = [part(f"{each.pointer}/items", each.schema["items"]) for each in self.parts if "items" in each.schema]
        return [*first, others] if others or not first else first

    @property
    def format(self) -> str:
        """The format of a text, "" for any."""
        return next((str(each.schema["format"]) for each in self.parts if "format" in each.schema), "")

    @property
    def description(self) -> str:
        """The last description."""
        found = [each.schema["description"] for each in self.parts if each.schema.get("description")]
        return str(found[-1]) if found else ""


def merge(parts: Sequence[Part]) -> Merged:
    """Return what `parts`, none of which has to be followed, say together."""
    groups = [
        tuple(parts_of(each, keyword)) for each in parts for keyword in ("anyOf", "oneOf") if keyword in each.schema
    ]
    return Merged(tuple(parts), _types(parts), _values(parts), tuple(groups))


def _types(parts: Sequence[Part]) -> tuple[str, ...] | None:
    types = types_left(each.schema for each in parts)
    says_object = any(each.shape & _OF_OBJECTS for each in parts)
    return ("object",) if types is None and says_object else types


def _values(parts: Sequence[Part]) -> tuple[Any, ...] | None:
    """Return the values that are left; those of the last enum where all exclude each other."""
    found: list[Any] | None = None
    for each in parts:
        for keyword in ("const", "enum"):
            # An empty enum would exclude all values; it is written where a tool found none to list.
            if keyword in each.schema and each.schema[keyword] != []:
                given = each.schema["enum"] if keyword == "enum" else [each.schema["const"]]
                found = given if found is None else [value for value in found if is_in(value, given)] or given
    return None if found is None else tuple(found)
