"""Bring the schemas of a document into the form that rules compare, each once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs
import jsonschema_rs

from specloom.release.compat.branching import Branch, NotComparableError, branches, referred, schema_of
from specloom.release.compat.change import Side
from specloom.release.compat.forms import TYPES, Elements, Exclusion, Form, Key, Members, Shape
from specloom.release.compat.merging import Parts, elements, keywords, members
from specloom.release.compat.reading import listed, schemas_at, type_of, whole_numbers
from specloom.spec import Document, Schemas
from specloom.spec.equality import equal

_NOTES: Final = ("default", "deprecated", "discriminator", "readOnly", "writeOnly", "x-extensible-enum", "xml")
_TRUTHS: Final = frozenset({"deprecated", "readOnly", "writeOnly"})
# The types whose values can always be listed.
_ALL: Final[Mapping[str, list[Any]]] = {"null": [None], "boolean": [False, True]}
_NO_MEMBERS: Final = Members({}, frozenset(), frozenset(), (), (), {}, {})
_NO_ELEMENTS: Final = elements(())
# What a schema may hold without saying anything about which values of a scalar type it accepts.
_SILENT: Final = frozenset({
    "$comment", "$ref", "allOf", "anyOf", "const", "default", "deprecated", "description", "discriminator", "enum",
    "example", "examples", "externalDocs", "nullable", "readOnly", "title", "type", "writeOnly", "xml",
})  # fmt: skip


class Former:
    """Brings schemas of one document, as they count on one side of the wire, into their forms."""

    def __init__(self, document: Document, side: Side) -> None:
        """Form the schemas of `document`, which is one of OpenAPI 3.1 or rewritten to it (dialect.modern)."""
        self.document = document
        self._unsent = "readOnly" if side is Side.REQUEST else "writeOnly"
        self._forms: dict[Key, Form] = {}
        self._open: set[Key] = set()
        self._schemas = Schemas(document)

    def form(self, key: Key) -> Form:
        """Return the form of the schemas of `key`."""
        if key not in self._forms:
            self._open.add(key)
            self._forms[key] = self._formed(key)
            self._open.discard(key)
        return self._forms[key]

    def resolved(self, key: Key) -> Key:
        """Return `key` with `$ref` followed where it stands alone; a circle stays as it is."""
        return tuple(self._resolved(pointer) for pointer in key)

    def nothing(self, key: Key) -> bool:
        """Say whether the schemas of `key` are known to accept no value at all."""
        form = self.form(key)
        return form.opaque is None and not form.shapes

    def anything(self, key: Key) -> bool:
        """Say whether the schemas of `key` accept every value."""
        form = self.form(key)
        return form.shapes.keys() == set(TYPES) and all(any(map(_free, shapes)) for shapes in form.shapes.values())

    def accepts(self, shape: Shape, value: Any) -> bool:
        """Say whether a value of its JSON type matches `shape`; True when its schemas cannot be compiled."""
        if shape.values is not None:
            return any(equal(value, accepted) for accepted in shape.values)
        return self._valid(shape.pointers, value)

    def _resolved(self, pointer: str) -> str:
        seen = {pointer}
        try:
            while isinstance(schema := schema_of(self.document, pointer), dict) and schema.keys() == {"$ref"}:
                for target in referred(schema):
                    pointer = target
                if pointer in seen:
                    break
                seen.add(pointer)
        except NotComparableError:
            pass  # whoever asks for the form is told so
        return pointer

    def _formed(self, key: Key) -> Form:
        notes: dict[str, Any] = {}
        origins: dict[str, str] = {}
        try:
            self._note(key, notes, origins, set())
            found = branches(self.document, key)
            shapes = {kind: self._shapes(kind, found) for kind in TYPES}
        except NotComparableError as error:
            return Form(key, {}, notes, origins, opaque=str(error))
        return Form(key, {kind: alternatives for kind, alternatives in shapes.items() if alternatives}, notes, origins)

    def _note(self, key: Key, notes: dict[str, Any], origins: dict[str, str], seen: set[str]) -> None:
        """Collect what `$ref` and `allOf` lead to of the keywords that say nothing about values; the nearest wins."""
        for pointer in key:
            schema = schema_of(self.document, pointer)
            if pointer in seen or not isinstance(schema, dict):
                continue
            seen.add(pointer)
            if "type" in schema:
                origins.setdefault("type", f"{pointer}/type")
            for keyword in _NOTES:
                if keyword in schema and keyword not in notes and (keyword not in _TRUTHS or schema[keyword] is True):
                    notes[keyword], origins[keyword] = schema[keyword], f"{pointer}/{keyword}"
            self._note(referred(schema) + schemas_at(schema, pointer, "allOf"), notes, origins, seen)

    def _hidden(self, key: Key) -> bool:
        notes: dict[str, Any] = {}
        try:
            self._note(key, notes, {}, set())
        except NotComparableError:
            return False
        return self._unsent in notes

    def _never(self, key: Key) -> bool:
        """Say whether the schemas of a required member contradict each other, as far as can be told here."""
        return bool(key) and key not in self._open and self.nothing(key)

    def _shapes(self, kind: str, found: list[Branch]) -> tuple[Shape, ...]:
        formed = (self._shape(kind, branch) for branch in found if kind in branch.types)
        return tuple(shape for shape in formed if shape is not None)

    def _shape(self, kind: str, branch: Branch) -> Shape | None:
        """Return what `branch` demands of values of `kind`, None when no value can meet it."""
        parts: Parts = tuple((pointer, schema_of(self.document, pointer)) for pointer in branch.pointers)
        merged, origins = keywords(kind, parts)
        inside, outside = _NO_MEMBERS, _NO_ELEMENTS
        if kind == "object":
            inside, places = members(parts, self._hidden)
            origins |= places
        if kind == "array":
            outside = elements(parts)
            self._end(outside, merged)
        for pointer, schema in parts:
            for keyword in ("const", "enum"):
                if keyword in schema:
                    origins.setdefault(keyword, f"{pointer}/{keyword}")
        excluded = tuple(rival for rival in branch.excluded if kind in self._kinds(rival))
        values = self._values(kind, branch, parts)
        if values == () or _contradictory(merged) or any(map(self._never, map(inside.at, inside.required))):
            return None
        return Shape(
            source=self,
            type=kind,
            pointers=branch.pointers,
            keywords=merged,
            origins=origins,
            values=values,
            members=inside,
            elements=outside,
            excluded=excluded,
            conditions=branch.conditions,
            labels=branch.labels,
        )

    def _end(self, outside: Elements, merged: dict[str, Any]) -> None:
        """Lower `maxItems` to the first index at which no element is accepted, as by `items: false`."""
        for index in range(min(outside.front + 1, merged.get("maxItems", outside.front + 1))):
            if self._never(outside.at(index)):
                merged["maxItems"] = index
                break

    def _kinds(self, rival: Exclusion) -> frozenset[str]:
        if rival.key in self._open:
            return frozenset(TYPES)
        form = self.form(rival.key)
        return frozenset(TYPES) if form.opaque else frozenset(form.shapes)

    def _values(self, kind: str, branch: Branch, parts: Parts) -> tuple[Any, ...] | None:
        """Return the only values of `kind` that `branch` accepts, None when they cannot be listed."""
        candidates: list[Any] | None = _ALL.get(kind)
        for _, schema in parts:
            values = listed(schema)
            if values is not None:
                candidates = [
                    value
                    for value in values
                    if type_of(value) == kind and (candidates is None or any(equal(value, one) for one in candidates))
                ]
        if candidates is None:
            return None
        return tuple(value for value in candidates if self._valid(branch.pointers, value))

    def _valid(self, pointers: Key, value: Any) -> bool:
        """Say whether a value matches the schemas, each with all that is in it; True when that cannot be told."""
        schemas = [schema_of(self.document, pointer) for pointer in pointers]
        if all(schema.keys() <= _SILENT for schema in schemas):
            return not isinstance(value, float) or value.is_integer() or not any(map(whole_numbers, schemas))
        try:
            return all(self._schemas.validator(pointer).is_valid(value) for pointer in pointers)
        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError):
            return True


def _free(shape: Shape) -> bool:
    """Say whether a shape accepts every value of its type."""
    members, outside = shape.members, shape.elements
    return (
        (shape.values is None or len(shape.values) == len(_ALL.get(shape.type, ())))
        and not (shape.keywords or shape.excluded or shape.conditions or outside.layers or outside.contains)
        and members == attrs.evolve(_NO_MEMBERS, hidden=members.hidden)
    )


def _contradictory(merged: Mapping[str, Any]) -> bool:
    """Say whether no value is within the merged limits."""
    for least, most in (("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties")):
        if least in merged and most in merged and merged[least] > merged[most]:
            return True
    low, high = merged.get("minimum"), merged.get("maximum")
    if low is None or high is None:
        return False
    return bool(low.value > high.value or (low.value == high.value and (low.open or high.open)))
