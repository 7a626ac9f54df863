"""Bring the schemas of a document into the form that rules compare, each once."""

from __future__ import annotations

from typing import Any, Final

import jsonschema_rs

from specloom.release.compat.change import Side
from specloom.release.compat.comparing.apart import apart
from specloom.release.compat.comparing.branching import NotComparableError, branches, referred, schema_of
from specloom.release.compat.comparing.forms import TYPES, Form, Key, Shape, any_free
from specloom.release.compat.comparing.reading import schemas_at, whole_numbers
from specloom.release.compat.comparing.shaping import shapes_of
from specloom.spec import Document, Schemas
from specloom.spec.equality import equal

_NOTES: Final = ("default", "deprecated", "discriminator", "readOnly", "writeOnly", "x-extensible-enum", "xml")
# Forms that need each other nest so deep at most, lest Python's stack end.
_DEEPEST: Final = 20
_TRUTHS: Final = frozenset({"deprecated", "readOnly", "writeOnly"})
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
        self._ends: dict[Key, Key] = {}
        self._anything: dict[Key, bool] = {}
        self._beside: dict[Shape, tuple[Shape, ...] | None] = {}
        self._schemas = Schemas(document)

    def form(self, key: Key) -> Form:
        """Return the form of the schemas of `key`."""
        if key not in self._forms:
            self._open.add(key)
            try:
                self._forms[key] = self._formed(key)
            finally:
                self._open.discard(key)
        return self._forms[key]

    def resolved(self, key: Key) -> Key:
        """Return `key` with `$ref` followed where it stands alone; a circle stays as it is."""
        if key not in self._ends:
            self._ends[key] = tuple(map(self._resolved, key))
        return self._ends[key]

    def nothing(self, key: Key) -> bool:
        """Say whether the schemas of `key` are known to accept no value at all."""
        form = self.form(key)
        return form.opaque is None and not form.shapes

    def anything(self, key: Key) -> bool:
        """Say whether the schemas of `key` accept every value."""
        if key not in self._anything:
            form = self.form(key)
            self._anything[key] = form.shapes.keys() == set(TYPES) and all(map(any_free, form.shapes.values()))
        return self._anything[key]

    def named_beside(self, shape: Shape, name: str) -> bool:
        """Say whether schemas that may apply to the values of `shape` besides its own say something of a member."""
        besides = self._besides(shape)
        return besides is None or any(self._mentions(other, name) for other in besides)

    def _mentions(self, shape: Shape, name: str) -> bool:
        return shape.members.mentions(name) or not self.anything(shape.members.at(name))

    def _besides(self, shape: Shape) -> tuple[Shape, ...] | None:
        """Return what else may apply to objects; None when that cannot be told."""
        if shape not in self._beside:
            self._beside[shape] = self._found_beside(shape)
        return self._beside[shape]

    def _found_beside(self, shape: Shape) -> tuple[Shape, ...] | None:
        found: dict[Shape, None] = {}
        todo = [shape]
        while todo:
            one = todo.pop()
            keys = {key for key in one.beside if not apart(one, self, key, partial=True)}
            for condition in one.conditions:
                keys |= {condition.test, condition.then, condition.otherwise}
            keys |= set(one.members.dependents.values())
            if any(self.form(key).opaque is not None for key in keys):
                return None
            others = [other for key in sorted(keys) for other in self.form(key).shapes.get("object", ())]
            todo += [other for other in others if other not in found]
            found |= dict.fromkeys(others)
        return tuple(found)

    def accepts(self, shape: Shape, value: Any) -> bool:
        """Say whether a value of its JSON type matches `shape`; True when its schemas cannot be compiled."""
        if shape.values is not None:
            return any(equal(value, accepted) for accepted in shape.values)
        return self.valid(shape.pointers, value)

    def valid(self, key: Key, value: Any) -> bool:
        """Say whether a value matches the schemas, each with all that is in it; True when that cannot be told."""
        schemas = [schema_of(self.document, pointer) for pointer in key]
        if all(schema.keys() <= _SILENT for schema in schemas):
            return not isinstance(value, float) or value.is_integer() or not any(map(whole_numbers, schemas))
        try:
            return all(self._schemas.validator(pointer).is_valid(value) for pointer in key)
        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError):
            return True

    def settled(self, key: Key) -> bool:
        """Say whether the form of `key` can be asked for: not while it is being made, nor below many others."""
        return key not in self._open and len(self._open) < _DEEPEST

    def hidden(self, key: Key) -> bool:
        """Say whether a member with these schemas does not count on this side of the wire."""
        try:
            notes, _ = self._note(key)
        except NotComparableError:
            return False
        return self._unsent in notes

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
            notes, origins = self._note(key)
            found = branches(self.document, key)
            shapes = {kind: shapes_of(self, kind, found) for kind in TYPES}
        except NotComparableError as error:
            return Form(key, {}, notes, origins, opaque=str(error))
        return Form(key, {kind: alternatives for kind, alternatives in shapes.items() if alternatives}, notes, origins)

    def _note(self, key: Key) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the keywords that say nothing about values, and where each stands; the nearest wins.

        They are looked for where `$ref` and `allOf` lead. Raises NotComparableError as `branches` does.
        """
        notes: dict[str, Any] = {}
        origins: dict[str, str] = {}
        todo, seen = list(key), set(key)
        for pointer in todo:
            schema = schema_of(self.document, pointer)
            if not isinstance(schema, dict):
                continue
            if "type" in schema:
                origins.setdefault("type", f"{pointer}/type")
            for keyword in _NOTES:
                if keyword in schema and keyword not in notes and (keyword not in _TRUTHS or schema[keyword] is True):
                    notes[keyword], origins[keyword] = schema[keyword], f"{pointer}/{keyword}"
            more = [target for target in referred(schema) + schemas_at(schema, pointer, "allOf") if target not in seen]
            seen.update(more)
            todo += more
        return notes, origins
