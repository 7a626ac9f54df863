"""Follow the schema of a body to every member that the body may have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from specloom.pages.paths import Step, Steps
from specloom.spec import Document
from specloom.spec import pointer as json_pointer

# A schema may say "one of" inside "all of" at every level; what people write has a handful of alternatives.
_MAX_ALTERNATIVES: Final = 64
_MAX_STEPS: Final = 40
_COMBINING: Final = frozenset({"$ref", "anyOf", "oneOf", "allOf", "description", "examples", "title", "discriminator"})


@attrs.frozen
class Part:
    """A schema with keywords of its own, and where it stands."""

    pointer: str
    schema: Mapping[str, Any] = attrs.field(repr=False, eq=False)


Alternative = tuple[Part, ...]
"""Schemas that hold together: one way for a value to be valid."""


@attrs.frozen
class Member:
    """What the schemas of a body say of one path.

    A value has to satisfy one of the `alternatives`; `holders` are all schemas on the way there from the place where
    the member is declared, with those that only refer or combine. `container` is what is around it.
    """

    steps: Steps
    alternatives: tuple[Alternative, ...] = attrs.field(repr=False)
    holders: tuple[Part, ...] = attrs.field(repr=False)
    container: Member | None = attrs.field(default=None, repr=False)

    @property
    def is_required(self) -> bool:
        """Whether every object that may be around it has to have it."""
        around = self.requiring()
        return bool(around) and all(around.values())

    def requiring(self) -> dict[Alternative, bool]:
        """Return which objects around it require it, by alternative; none where it is an element or in a map."""
        if self.container is None or not self.steps or isinstance(self.steps[-1], Step):
            return {}
        name = self.steps[-1]
        return {
            each: any(name in part.schema.get("required", ()) for part in each)
            for each in self.container.alternatives
            if types(each) in ((), ("object",)) or "object" in types(each)
        }


def types(alternative: Alternative) -> tuple[str, ...]:
    """Return the types that an alternative allows, () for any; without `type`, those of its enum or const."""
    for part in alternative:
        if "type" in part.schema:
            found = part.schema["type"]
            return (found,) if isinstance(found, str) else tuple(found)
    for part in alternative:
        if "properties" in part.schema:
            return ("object",)
        values = part.schema.get("enum", [part.schema["const"]] if "const" in part.schema else None)
        if values is not None:
            return tuple(dict.fromkeys(type_of(value) for value in values))
    return ()


def type_of(value: Any) -> str:
    """Return the JSON Schema type of a value; that of a whole number is integer."""
    if value is None:
        return "null"
    for kind, name in ((bool, "boolean"), (int, "integer"), (float, "number"), (str, "string"), (list, "array")):
        if isinstance(value, kind):
            return name
    return "object"


def members(document: Document, pointer: str) -> dict[Steps, Member]:
    """Return what the schema at `pointer` says of each path, the body itself (no steps) first.

    A schema that contains itself is followed once.
    """
    alternatives, holders = _expand(document, pointer)
    root = Member((), alternatives, holders)
    return {member.steps: member for member in _below(document, root, frozenset())}


def _below(document: Document, member: Member, open_schemas: frozenset[str]) -> Iterator[Member]:
    yield member
    inside = open_schemas | {part.pointer for alternative in member.alternatives for part in alternative}
    if len(member.steps) >= _MAX_STEPS:
        return
    for step, places in _children(member).items():
        expanded = [_expand(document, place) for place in places]
        alternatives = tuple(each for found, _ in expanded for each in found)
        if alternatives and all(part.pointer in inside for alternative in alternatives for part in alternative):
            continue
        holders = tuple(dict.fromkeys(part for _, found in expanded for part in found))
        yield from _below(document, Member((*member.steps, step), alternatives, holders, member), inside)


def _children(member: Member) -> dict[str | Step, list[str]]:
    """Return the pointers of the schemas of what is directly inside, by step."""
    found: dict[str | Step, list[str]] = {}
    for part in (part for alternative in member.alternatives for part in alternative):
        schema = part.schema
        for name in schema.get("properties", {}):
            found.setdefault(name, []).append(part.pointer + json_pointer.join("properties", name))
        for index in range(len(schema.get("prefixItems", ()))):
            found.setdefault(Step.ITEMS, []).append(f"{part.pointer}/prefixItems/{index}")
        for keyword, step in (("items", Step.ITEMS), ("additionalProperties", Step.ANY)):
            if isinstance(schema.get(keyword), dict):
                found.setdefault(step, []).append(f"{part.pointer}/{keyword}")
    return {step: list(dict.fromkeys(places)) for step, places in found.items()}


def _expand(
    document: Document, pointer: str, seen: tuple[str, ...] = ()
) -> tuple[tuple[Alternative, ...], tuple[Part, ...]]:
    """Return the alternatives of the schema at `pointer`, and every schema met on the way to them."""
    place = document.at(pointer)
    target, schema = document.resolve(pointer)
    if not isinstance(schema, dict) or target in seen:
        return (), ()
    holders = [Part(pointer, place)] if target != pointer else []
    holders.append(Part(target, schema))
    own: list[Alternative] = [(Part(target, schema),)] if schema.keys() - _COMBINING - _notes(schema) else [()]
    for keyword in ("anyOf", "oneOf", "allOf"):
        options: list[tuple[Alternative, ...]] = []
        for index in range(len(schema.get(keyword, ()))):
            alternatives, inner = _expand(document, f"{target}/{keyword}/{index}", (*seen, target))
            holders += inner
            options.append(alternatives)
        if keyword == "allOf":
            for each in options:
                own = _both(own, each or ((),))
        elif options:
            own = _both(own, tuple(alternative for option in options for alternative in option))
    return tuple(own), tuple(holders)


def _both(left: list[Alternative], right: tuple[Alternative, ...]) -> list[Alternative]:
    return [(*one, *other) for one in left for other in right][:_MAX_ALTERNATIVES]


def _notes(schema: Mapping[str, Any]) -> set[str]:
    return {keyword for keyword in schema if keyword.startswith("x-")}
