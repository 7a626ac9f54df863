"""Write any JSON Schema in the few ways that openapi-python-client can read.

Of a schema is kept what makes a type of Python: the type of single values, arrays, objects and enums as classes of
their own, alternatives of these. What `allOf` combines is merged. Constraints are left to whoever checks values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any, Final

from specloom.generate.normalising.classes import Classes
from specloom.generate.normalising.merging import Merged, merge
from specloom.generate.normalising.naming import Places
from specloom.generate.normalising.parts import SHAPE, Part, References, parts_of
from specloom.generate.normalising.scalars import constants, fits, scalar, with_default, with_texts
from specloom.generate.normalising.unions import NOTHING, flattened, union
from specloom.generate.result import Loss
from specloom.spec import pointer as json_pointer

_MOST_ALTERNATIVES: Final = 24
# What an alternative may say without being of a type: it only narrows what stands around it.
_NARROWING: Final = frozenset({"format", "required"})
_COMPONENTS: Final = "/components/schemas/"


class Simplifier:
    """Rewrites the schemas of one document; `losses` tells where more values are allowed than the document says."""

    def __init__(self, data: Any, places: Places) -> None:
        """Rewrite schemas of the document `data`; `places` names them."""
        self.classes = Classes()
        self.losses: dict[tuple[str, str], Loss] = {}
        self._data = data
        self._references = References(data)
        self._places = places
        self._known: dict[tuple[Any, ...], dict[str, Any]] = {}
        self._open: set[tuple[Any, ...]] = set()

    def at(self, pointer: str) -> Any:
        """Return what stands at `pointer` in the document."""
        return json_pointer.get(self._data, pointer)

    def member(self, parts: Sequence[Part], *, form: bool = False) -> dict[str, Any]:
        """Return `read` of schemas that hold together, with their description and default."""
        schema = self.read(parts, form=form)
        followed = [self._references.follow(each) for each in parts]
        slot = self.classes.of(schema)
        if slot is None or slot.kind == "enum":
            default = next((each.default for each in followed if each.default is not None), None)
            values = None if slot is None or default is None else slot.write()["enum"]
            if default is not None and "anyOf" not in schema:
                schema = with_default(schema, default, values)
        description = next((each.description for each in followed if each.description), "")
        return with_texts(schema, description, next((each.example for each in followed if each.example), None))

    def read(
        self, parts: Iterable[Part], *, form: bool = False, name: str = "", alternative: bool = False
    ) -> dict[str, Any]:
        """Return one schema for `parts`, which hold together; what is made of it is called `name`, if given.

        With `form`, it is of what is sent as a form: there alone is room for files. Where `parts` exclude each other,
        it is `NOTHING` for an `alternative`, and any value otherwise.
        """
        followed = {each.key: each for each in (self._references.follow(part).part for part in parts)}
        essential = [each for each in followed.values() if each.shape]
        key = (form, *(each.key for each in essential))
        if key in self._open:
            self.lose(essential[0], "it consists of itself, without an object in between: taken for any value")
            return {}
        if key not in self._known:
            self._open.add(key)
            name = name or (self._places.name(essential[-1].pointer) if essential else "")
            self._known[key] = self._read(essential, form=form, name=name)
            self._open.discard(key)
        if self._known[key] is NOTHING and not alternative:
            self.lose(essential[-1], "what is combined here excludes each other: taken for any value")
            return {}
        return self._known[key]

    def read_object(self, start: Part, *, form: bool) -> dict[str, Any] | None:
        """Return one object for `start`, whatever alternatives it has; None when it cannot be an object."""
        schema = self.read([start], form=form)
        slot = self.classes.of(schema)
        if slot is not None:
            return schema if slot.kind == "object" else None
        alternatives = list(flattened([schema]))
        slots = [self.classes.of(each) for each in alternatives]
        if schema and not any(slot is not None and slot.kind == "object" for slot in slots):
            return None
        self.lose(start, "it is sent as a form, so that the members of all alternatives make one object")
        return self._loose(start, form=form)

    def lose(self, at: Part, reason: str) -> None:
        """Record that more values are allowed at a place than the document says."""
        self.losses.setdefault((at.pointer, reason), Loss("schema", at.pointer, "", reason))

    def _read(self, parts: Sequence[Part], *, form: bool, name: str) -> dict[str, Any]:
        merged = merge(self._references.flat(parts))
        groups = [group for group in merged.groups if not self._only_narrows(merged, group)]
        if merged.values is not None:
            return self._enum(merged, name)
        if groups:
            return self._alternatives(parts, merged, groups, form=form, name=name)
        if merged.types is None:
            return {}
        if not merged.types:
            return NOTHING
        return union(self._typed(each, merged, form=form, name=name) for each in merged.types)

    def _typed(self, kind: str, merged: Merged, *, form: bool, name: str) -> dict[str, Any]:
        if kind == "object":
            return self._object(merged, form=form, name=name)
        if kind == "array":
            items = merged.items
            return {"type": "array", "items": union(self.member(each, form=form) for each in items) if items else {}}
        return scalar(kind, merged.format, form=form)

    def _object(self, merged: Merged, *, form: bool, name: str) -> dict[str, Any]:
        def write() -> dict[str, Any]:
            additional = merged.additional
            required = merged.required
            properties = merged.properties
            return {
                "type": "object",
                **({"description": merged.description} if merged.description else {}),
                "properties": {key: self.member(parts, form=form) for key, parts in properties.items()},
                "required": [key for key in properties if key in required],
                "additionalProperties": additional if isinstance(additional, bool) else self.read([additional]),
            }

        return self.classes.add("object", merged.parts[-1].pointer, name, write, secondary=form)

    def _enum(self, merged: Merged, name: str) -> dict[str, Any]:
        values = tuple(each for each in merged.values or () if fits(each, merged.types))
        if not values:
            if not merged.types:
                return NOTHING
            self.lose(merged.parts[-1], "its type excludes all of its values: any value of the type is taken")
            return union({"type": each} for each in merged.types or () if each not in {"object", "array"})
        alternatives: list[dict[str, Any]] = []
        is_constant = any("const" in each.schema for each in merged.parts) and len(values) == 1
        for kind, listed in constants(values).items():
            if kind in {"string", "integer"} and is_constant:
                alternatives.append({"const": listed[0]})
            elif kind in {"string", "integer"}:
                alternatives.append(self._class_of_values(merged.parts[-1], name, kind, listed, merged.description))
            else:
                alternatives.append({} if kind == "other" else {"type": kind})
        return union(alternatives)

    def _class_of_values(
        self, at: Part, name: str, kind: str, values: list[Any], description: str = ""
    ) -> dict[str, Any]:
        schema = {"type": kind, "enum": values, **({"description": description} if description else {})}
        return self.classes.add("enum", at.pointer, name, lambda: schema)

    def _only_narrows(self, merged: Merged, group: Sequence[Part]) -> bool:
        """Whether no alternative says of which type it is, while what stands around them does."""
        narrow = all(not (SHAPE & each.schema.keys()) - _NARROWING for each in group)
        return narrow and (merged.types is not None or not any(each.shape for each in group))

    def _alternatives(
        self, parts: Sequence[Part], merged: Merged, groups: Sequence[Sequence[Part]], *, form: bool, name: str
    ) -> dict[str, Any]:
        base = [each.without("anyOf", "oneOf", "allOf", "$ref") for each in merged.parts]
        shaped = [each for each in base if each.shape - {"type"}]
        typed = [each for each in base if each.shape]
        count = 1
        for group in groups:
            count *= len(group)
        if count > _MOST_ALTERNATIVES and len(groups) > 1:
            self.lose(parts[-1], "its alternatives combine in too many ways: taken for any value")
            return {}
        found: list[dict[str, Any]] = []
        for chosen in product(*groups):
            alone = len(chosen) == 1 and not shaped and self._stands_alone(chosen[0], merged.types)
            around = [] if alone else typed
            called = "" if alone else f"{name} {self._called(chosen)}"
            found.append(self.read([*around, *chosen], form=form, name=called, alternative=True))
        return self._of_constants(parts, list(union(found).get("anyOf", [])), name) or union(found)

    def _of_constants(self, parts: Sequence[Part], found: list[dict[str, Any]], name: str) -> dict[str, Any] | None:
        """Return the enum that constants, and null, as alternatives amount to; None when there are others."""
        values = [each["const"] for each in found if "const" in each]
        others = [each for each in found if "const" not in each]
        if not values or len({type(value) for value in values}) > 1 or others not in ([], [{"type": "null"}]):
            return None
        kind = "string" if isinstance(values[0], str) else "integer"
        return union([self._class_of_values(parts[-1], name, kind, values), *others])

    def _stands_alone(self, alternative: Part, types: Sequence[str] | None) -> bool:
        """Whether an alternative says itself of which type it is, and that is among the `types` allowed around it."""
        flat = self._references.flat([alternative])
        own = merge(flat).types
        return any(each.shape - _NARROWING for each in flat) and (types is None or {*(own or ())} <= {*types})

    def _called(self, chosen: Sequence[Part]) -> str:
        """Return what tells the alternatives `chosen` from others: names of components, titles, or numbers."""
        names = []
        for each in chosen:
            target = self._references.follow(each).part.pointer
            number = each.pointer.rpartition("/")[2]
            is_named = target.startswith(_COMPONENTS) and target.count("/") == _COMPONENTS.count("/")
            names.append(self._places.name(target) if is_named else str(each.schema.get("title") or f"type {number}"))
        return " ".join(names)

    def _loose(self, start: Part, *, form: bool) -> dict[str, Any]:
        """Return an object with the members of `start` and of all its alternatives, none of these required."""

        def write() -> dict[str, Any]:
            own = self._references.flat([start])
            required = merge(own).required
            members: dict[str, list[Part]] = {}
            for each in self._every(start, set()):
                for name, inner in zip(each.schema.get("properties", ()), parts_of(each, "properties"), strict=True):
                    members.setdefault(name, []).append(inner)
            properties = {
                name: union(self.member([each], form=form) for each in parts) for name, parts in members.items()
            }
            return {
                "type": "object",
                "properties": properties,
                "required": [name for name in properties if name in required],
            }

        return self.classes.add("object", start.pointer, self._places.name(start.pointer), write, secondary=True)

    def _every(self, start: Part, seen: set[str]) -> Iterable[Part]:
        for each in self._references.flat([start]):
            if each.key not in seen:
                seen.add(each.key)
                yield each
                for keyword in ("anyOf", "oneOf"):
                    for inner in parts_of(each, keyword):
                        yield from self._every(inner, seen)
