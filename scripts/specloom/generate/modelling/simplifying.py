"""Write any JSON Schema in the few ways that make models which agree with it.

Members of objects that `allOf` combines become those of one class, for classes that inherit from others may not narrow
what these declare. What stands around alternatives becomes part of each. Only classes are referred to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod
from typing import Any, Final

from specloom.generate.modelling.alternatives import allows, combinations, tagged, title
from specloom.generate.modelling.classes import Classes
from specloom.generate.modelling.merging import Merged, merge
from specloom.generate.modelling.parts import Part, References
from specloom.generate.modelling.patterns import Patterns
from specloom.generate.modelling.scalars import (
    FORMATS,
    NULL,
    compact,
    is_default,
    is_inexact,
    literals,
    number,
    text,
    union,
    without_null,
)
from specloom.generate.result import Loss
from specloom.generate.rewording import NULLABLE
from specloom.spec import pointer as json_pointer

_NOTHING: Final = "it allows no value, or what it combines excludes each other: taken for any value"
_MOST_COMBINATIONS: Final = 64
# Alternatives that say no more than this narrow what stands around them, and are of no type of their own.
_NARROWING: Final = frozenset(
    {"dependentRequired", "maxProperties", "minProperties", "not", "required", "propertyNames"}
)
_UNCHECKED: Final = frozenset(
    {
        *("$dynamicRef", "contains", "dependentRequired", "dependentSchemas", "else", "if", "maxContains"),
        *("minContains", "not", "propertyNames", "then", "unevaluatedItems", "uniqueItems"),
    }
)
# The others are limits, for which datamodel-code-generator makes a class where they stand in something else.
_UNLIMITED: Final = frozenset(
    {"$ref", "additionalProperties", "anyOf", "discriminator", "enum", "format", "items", "oneOf", "type"}
)
_COMPONENTS: Final = "#/components/schemas/"


class Simplifier:
    """Rewrites the schemas of one document; `losses` tells where models accept more than the document does."""

    def __init__(self, data: Any, names: dict[str, str], classes: Classes, patterns: Patterns) -> None:
        """Rewrite schemas of the document `data`, whose components become classes with these `names`."""
        self.losses: dict[tuple[str, str], Loss] = {}
        self._references = References(data)
        self._names = names
        self._classes = classes
        self._patterns = patterns
        self._descriptions = {
            called: [text]
            for name, called in names.items()
            if (text := json_pointer.get(data, f"{_COMPONENTS[1:]}{name}").get("description"))
        }
        self._components: dict[str, dict[str, Any]] = {}
        self._known: dict[tuple[str, ...], dict[str, Any]] = {}
        self._open: set[tuple[str, ...]] = set()

    def component(self, name: str) -> dict[str, Any]:
        """Return what a reference to the component schema `name` is replaced by."""
        if name not in self._components:
            start = self._references.target(f"{_COMPONENTS}{name}")
            if (name,) in self._open:
                self._lose(start.pointer, "it consists of itself, without an object in between: taken for any value")
                return {}
            self._open.add((name,))
            self._components[name] = self._read(self._references.flat([start]), self._names[name], own=True)
            self._open.discard((name,))
        return self._components[name]

    def member(self, parts: Sequence[Part], words: str, *, optional: bool = True) -> dict[str, Any]:
        """Return `read` of schemas that hold together, with their description and default."""
        schema = self.read(parts, words)
        is_nullable = self._may_be_null(schema)
        given = [part.schema for part in parts]
        description = next((each["description"] for each in given if each.get("description")), "")
        default = next((each["default"] for each in given if "default" in each), None)
        return {
            **(without_null(schema) if optional else compact(schema)),
            **({"description": description} if description else {}),
            **({"deprecated": True} if any(each.get("deprecated") is True for each in given) else {}),
            **({"default": default} if optional and is_default(default, schema) else {}),
            **({NULLABLE: True} if optional and is_nullable else {}),
        }

    def read(self, parts: Iterable[Part], words: str) -> dict[str, Any]:
        """Return one schema for `parts`, which hold together; `words` name the class that is made of it, if any is."""
        essential = self._references.essential(parts)
        if len(essential) == 1 and essential[0].says == {"$ref"}:
            target = self._references.target(essential[0].schema["$ref"])
            name = target.pointer.removeprefix(_COMPONENTS[1:])
            return self.component(name) if name in self._names else self.read([target], words)
        flat = self._references.flat(essential)
        key = tuple(each.key for each in flat)
        if key in self._open:
            self._lose(flat[-1].pointer, "it consists of itself, without an object in between: taken for any value")
            return {}
        if key not in self._known:
            self._open.add(key)
            self._known[key] = self._read(flat, words)
            self._open.discard(key)
        return self._known[key]

    def object_class(self, flat: Sequence[Part], name: str) -> dict[str, Any]:
        """Return a reference to a new class of what `flat`, which need not be followed, say of objects together."""
        merged = merge(flat)

        def write() -> dict[str, Any]:
            required = merged.required
            described = [part.schema["description"] for part in flat if part.schema.get("description")]
            described += self._descriptions.get(name, ())
            self._warn(merged, {"minProperties", "maxProperties"}, "how many members it has is not checked")
            return {
                "type": "object",
                **({"description": described[-1]} if described else {}),
                "properties": {
                    member: self.member(parts, f"{name} {member}", optional=member not in required)
                    for member, parts in merged.properties.items()
                },
                **({"required": required} if required else {}),
                "additionalProperties": self._additional(merged, name),
            }

        return self._classes.add(name, write)

    def _lose(self, pointer: str, reason: str) -> None:
        self.losses.setdefault((pointer, reason), Loss("schema", pointer, "", reason))

    def _warn(self, merged: Merged, keywords: Iterable[str], reason: str) -> None:
        for part in merged.parts:
            if part.says & set(keywords):
                self._lose(part.pointer, reason)

    def _read(self, flat: Sequence[Part], words: str, *, own: bool = False) -> dict[str, Any]:
        merged = merge(flat)
        if not any(part.is_never for part in flat):
            for keyword in sorted(_UNCHECKED & {keyword for part in merged.parts for keyword in part.says}):
                self._warn(merged, {keyword}, f"`{keyword}` is not checked")
        groups = [group for group in merged.groups if not self._only_narrows(merged, group)]
        if merged.values is not None:
            return self._literal(merged)
        if groups:
            return self._alternatives(flat, groups, words, own=own)
        if merged.types is None:
            for part in flat:
                self._lose(part.pointer, "it names no type: taken for any value")
            return {}
        if not merged.types:
            self._lose(merged.place, _NOTHING)
            return {}
        is_class = own and set(merged.types) <= {"object", "null"}
        return self._union([self._typed(each, merged, words, own=is_class) for each in merged.types], words)

    def _typed(self, name: str, merged: Merged, words: str, *, own: bool) -> dict[str, Any]:
        if name == "object":
            return self._object(merged, words, own=own)
        if name == "array":
            return self._array(merged, words)
        if name == "string":
            written = self._patterns.write(merged.limits("pattern").get("pattern"))
            several = len([part for part in merged.parts if "pattern" in part.schema]) > 1
            if written is None or several or merged.limits("format").get("format") in FORMATS:
                self._warn(merged, {"pattern"}, "`pattern` is not checked")
            return text(merged, written)
        if name in {"integer", "number"}:
            if is_inexact(merged.limits("multipleOf").get("multipleOf", 1)):
                self._warn(merged, {"multipleOf"}, "`multipleOf` is not checked")
            return number(merged, name)
        return {"type": name}

    def _object(self, merged: Merged, words: str, *, own: bool) -> dict[str, Any]:
        additional, limits = merged.additional, merged.limits("minProperties", "maxProperties")
        if merged.properties or additional is False or (own and additional is True and not limits):
            return self.object_class(merged.parts, words if own else self._classes.free(words))
        return {"type": "object", "additionalProperties": self._additional(merged, words), **limits}

    def _additional(self, merged: Merged, words: str) -> dict[str, Any] | bool:
        self._warn(merged, {"patternProperties"}, "`patternProperties` is not checked")
        closed = [part for part in merged.parts if part.schema.get("additionalProperties") is not None]
        if len(merged.parts) > 1 and any(part.inner("additionalProperties").is_never for part in closed):
            self._lose(merged.place, "members that another schema of its `allOf` excludes are accepted")
        additional = merged.additional
        return additional if isinstance(additional, bool) else self._element(additional, f"{words} additional property")

    def _array(self, merged: Merged, words: str) -> dict[str, Any]:
        first, others = merged.first_items, merged.items
        limits = merged.limits("minItems", "maxItems")
        if any(each.is_never for each in others):
            limits["maxItems"] = min(len(first), limits.get("maxItems", len(first)))
            others = []
        elif first and not others:
            return {"type": "array", "items": {}, **limits}
        called = f"{words} item"
        if first:
            self._lose(merged.place, "the elements of an array may come in any order")
            schemas = [self.read(each, called) for each in ([[each] for each in first] + ([others] if others else []))]
            return {"type": "array", "items": self._union(schemas, called), **limits}
        return {"type": "array", "items": self._element(others, called), **limits}

    def _element(self, parts: Sequence[Part], words: str) -> dict[str, Any]:
        """Return the schema of what an array or a map holds."""
        schema = self.read(parts, words)
        is_compact = compact(schema) is not schema
        return self._hoisted(compact(schema), words) if is_compact or "anyOf" not in schema else schema

    def _literal(self, merged: Merged) -> dict[str, Any]:
        values = [each for each in merged.values or () if allows(merged.parts, each, self._references)]
        held, others = literals(values)
        if not values:
            self._lose(merged.place, "its type excludes all of its values: any value of the type is taken")
        elif others:
            self._lose(merged.place, f"an enum holds values of type {', '.join(others)}: any such value is taken")
        named = [each for each in held if each is not None]
        return union(
            [
                *([{"enum": named}] if named else []),
                *([NULL] if None in held else []),
                *({} if each in {"array", "object"} else {"type": each} for each in others),
                *([] if values else [{}]),
            ]
        )

    def _only_narrows(self, merged: Merged, group: Sequence[Part]) -> bool:
        """Whether no alternative says of which type it is, while what stands around them does."""
        flat = [self._references.flat([each]) for each in group]
        narrows = merged.types is not None and all(part.says <= _NARROWING for parts in flat for part in parts)
        if narrows and group:
            self._lose(merged.place, "which members have to be there together is not checked")
        return narrows or not group

    def _alternatives(
        self, flat: Sequence[Part], groups: Sequence[Sequence[Part]], words: str, *, own: bool
    ) -> dict[str, Any]:
        base = [each for each in (part.without("anyOf", "oneOf") for part in flat) if each.says]
        if len(groups) > 1 and prod(len(group) for group in groups) > _MOST_COMBINATIONS:
            self._lose(flat[-1].pointer, "its alternatives combine in too many ways: they are not checked")
            return self.read(base, words)
        chosen = combinations(base, groups, self._references)
        if not chosen:
            self._lose(flat[-1].pointer, _NOTHING)
            return {}
        single = sum(merged.types != ("null",) for _, merged in chosen) == 1
        found: list[tuple[Merged, dict[str, Any]]] = []
        for index, (parts, merged) in enumerate(chosen):
            if single and merged.types != ("null",):
                found.append((merged, self._single(parts, words, own=own)))
            else:
                found.append((merged, self.read(parts, f"{words} {title(parts, index)}")))
        return tagged(found, flat, self._references) or self._union([schema for _, schema in found], words)

    def _single(self, parts: Sequence[Part], words: str, *, own: bool) -> dict[str, Any]:
        """Return `read` of the only alternative beside null: the class of a component is of that one."""
        essential = self._references.essential(parts)
        if own and not (len(essential) == 1 and essential[0].says == {"$ref"}):
            return self._read(self._references.flat(essential), words, own=True)
        return self.read(essential, words)

    def _union(self, schemas: Iterable[dict[str, Any]], words: str) -> dict[str, Any]:
        """Return `union` of `schemas`, in which alternatives with limits are classes of their own.

        datamodel-code-generator makes classes of them, too, but calls them as it likes.
        """
        found = union(schemas)
        if "anyOf" not in found:
            return found
        others = [each for each in found["anyOf"] if each != NULL]
        if len(others) == 1:
            return found
        return {"anyOf": [self._hoisted(each, words) for each in found["anyOf"]]}

    def _hoisted(self, schema: dict[str, Any], words: str) -> dict[str, Any]:
        if schema.keys() <= _UNLIMITED:
            return schema
        return self._classes.add(self._classes.free(words), lambda: schema)

    def _may_be_null(self, schema: dict[str, Any]) -> bool:
        return not schema or schema == NULL or NULL in schema.get("anyOf", ())
