"""Bring what a document refers to, in itself or in other files, into its components."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import attrs

from specloom.spec import pointer as json_pointer
from specloom.spec.document import Document
from specloom.spec.foreign.files import Files, is_file, unread
from specloom.spec.foreign.note import Note
from specloom.spec.foreign.structure import COMPONENTS, PAYLOAD, child

# OpenAPI 3.1, section 4.8.7.1: what the name of a component may hold.
_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9._-]+")
# Where false would say what nothing else says in so few words; a generator knows booleans here.
_BOOLEAN: Final = frozenset({"additionalProperties", "unevaluatedItems", "unevaluatedProperties"})
# References to references beyond that lead in a circle.
_MAX_HOPS: Final = 50


@attrs.frozen
class _Target:
    """What a reference leads to: a pointer in a file."""

    path: Path
    pointer: str


class Bundle:
    """A document on its way into one file. Afterwards, references lead from anywhere to a component of its kind."""

    def __init__(self, root: Document) -> None:
        """Start with the document `root`."""
        self.notes: list[Note] = []
        self._root = root
        self._files = Files(root)
        self._made: dict[str, dict[str, Any]] = {}
        self._names: dict[tuple[str, _Target], str] = {}
        self._taken: dict[str, set[str]] = {kind: set() for kind in COMPONENTS}
        self._own: dict[str, dict[str, str]] = {member: {} for member in COMPONENTS.values()}
        self._in_root: dict[str, set[str]] = {member: set() for member in COMPONENTS.values()}
        self._open: list[_Target] = []

    def bundled(self) -> dict[str, Any]:
        """Return the whole document as new values. Raises SpecloomError when another file cannot be read."""
        path, data = self._root.path.resolve(), self._root.data
        self._name_components(path, data.get("components"))
        whole: dict[str, Any] = self._copied(data, "document", path, ())
        for member, made in self._made.items():
            whole.setdefault("components", {}).setdefault(member, {}).update(made)
        if len(self._files) > 1:
            others = len(self._files) - 1
            files = "1 other file is" if others == 1 else f"{others} other files are"
            self.notes.append(Note("", f"{files} part of this one now"))
        return whole

    def _name_components(self, path: Path, components: Any) -> None:
        """Let the components of the root keep their names, unless these are none, for what they refer to as well."""
        for kind, member in COMPONENTS.items():
            found = components.get(member) if isinstance(components, dict) else None
            for given, value in found.items() if isinstance(found, dict) else ():
                name = self._name(kind, _Target(path, json_pointer.join("components", member, given)))
                self._own[member][given] = name
                self._in_root[member].add(name)
                if name != given:
                    where = json_pointer.join("components", member, name)
                    self.notes.append(Note(where, f"it was called {given!r}, which is no name of a component"))
                if isinstance(value, dict) and isinstance(value.get("$ref"), str) and not value["$ref"].startswith("#"):
                    self._names.setdefault((kind, self._target(value["$ref"], path)), name)

    def _copied(self, value: Any, kind: str, path: Path, at: tuple[str, ...]) -> Any:
        """Return a copy of `value`, of the file `path`, that is to stand at `at`."""
        if isinstance(value, bool) and kind == "schema" and at[-1] not in _BOOLEAN:
            return {} if value else {"not": {}}
        if isinstance(value, list):
            return [self._copied(each, child(kind, ""), path, (*at, str(index))) for index, each in enumerate(value)]
        if not isinstance(value, dict):
            return value
        if isinstance(value.get("$ref"), str):
            return self._referred(value, kind, path, at)
        if kind == "discriminator":
            return self._mapped(value, path, at)
        names: dict[str, str] = self._own.get(at[-1], {}) if at[:-1] == ("components",) else {}
        named = [(names.get(key) or key, key, each) for key, each in value.items()]
        return {
            name: self._copied(each, child(kind, key), path, (*at, name))
            for name, key, each in named
            if not (kind == "schema" and key in {"$defs", "definitions"})  # whoever refers to one has it as a component
        }

    def _referred(self, value: dict[str, Any], kind: str, path: Path, at: tuple[str, ...]) -> Any:
        target = self._target(value["$ref"], path)
        if kind == PAYLOAD and (value["$ref"].startswith("#") or not is_file(target.path)):
            return value  # a value of the API that looks like a reference
        beside = {key: each for key, each in value.items() if key != "$ref"}
        found = self._found(target, value["$ref"], path, at)
        if found is None:
            return beside
        if kind not in COMPONENTS:
            return self._inlined(target, found.value, kind, beside, at)
        member, name = COMPONENTS[kind], self._name(kind, target)
        own = name in self._in_root[member]
        if own and at == ("components", member, name) and target.path != self._root.path.resolve():
            return self._inlined(target, found.value, kind, beside, at)
        if not own and name not in self._made.get(member, {}):
            made = self._made.setdefault(member, {})
            made[name] = {}  # a place for what refers to itself
            made[name] = self._copied(found.value, kind, target.path, ("components", member, name))
        return {"$ref": "#" + json_pointer.join("components", member, name), **self._copied(beside, kind, path, at)}

    def _mapped(self, discriminator: dict[str, Any], path: Path, at: tuple[str, ...]) -> dict[str, Any]:
        """Return the discriminator with references for the schemas of its mapping, some of which are plain names."""
        mapping = discriminator.get("mapping")
        if not isinstance(mapping, dict):
            return discriminator
        new = {}
        for tag, text in ((tag, str(text)) for tag, text in mapping.items()):
            is_name = text in self._own["schemas"]
            reference = f"#/components/schemas/{text}" if is_name else text
            found = self._referred({"$ref": reference}, "schema", path, (*at, "mapping", tag))
            if isinstance(found, dict) and "$ref" in found:
                new[tag] = found["$ref"]
        return {**discriminator, "mapping": new}

    def _inlined(self, target: _Target, found: Any, kind: str, beside: dict[str, Any], at: tuple[str, ...]) -> Any:
        if target in self._open:
            self.notes.append(
                Note(json_pointer.join(*at), "what stood here contains itself, and was left out", lost=True)
            )
            return beside
        self._open.append(target)
        copied = self._copied(found, kind, target.path, at)
        self._open.pop()
        return {**copied, **beside} if isinstance(copied, dict) else copied

    def _target(self, reference: str, path: Path) -> _Target:
        file, _, fragment = reference.partition("#")
        # No name of a file holds a NUL, and to look for one is a ValueError.
        other = path if not file else (path.parent / unquote(file).replace("\0", "\ufffd")).resolve()
        return _Target(other, unquote(fragment))

    def _found(self, target: _Target, reference: str, path: Path, at: tuple[str, ...]) -> _Found | None:
        """Return what `target`, to which the file `path` refers, is; None, with a note, when there is nothing."""
        where = json_pointer.join(*at)
        reason = unread(reference)
        if reason:
            self.notes.append(Note(where, f"$ref {reference!r} {reason}, and was left out", lost=True))
            return None
        data = self._files.data(target.path, reference, path)
        try:
            return _Found(json_pointer.get(data, target.pointer))
        except LookupError:
            found = self._through(target) if target.pointer.startswith("/") else _anchored(data, target.pointer)
            if found is None:
                self.notes.append(Note(where, f"$ref {reference!r} leads nowhere, and was left out", lost=True))
            return found

    def _through(self, target: _Target) -> _Found | None:
        """Return what `target` is when its pointer leads through references, which JSON Pointers do not follow."""
        value, path = self._files.data(target.path), target.path
        for token in json_pointer.split(target.pointer):
            hops = 0
            while isinstance(value, dict) and isinstance(value.get("$ref"), str) and token not in value:
                inner = self._target(value["$ref"], path)
                found = self._found(inner, value["$ref"], path, ()) if hops < _MAX_HOPS and inner != target else None
                if found is None:
                    return None
                value, path, hops = found.value, inner.path, hops + 1
            try:
                value = json_pointer.walk(value, (token,))
            except LookupError:
                return None
        return _Found(value)

    def _name(self, kind: str, target: _Target) -> str:
        """Return the name of the component that `target` is or becomes."""
        if (kind, target) not in self._names:
            wanted = _wanted_name(target)
            name, number = wanted, 2
            while name in self._taken[kind]:
                name, number = f"{wanted}{number}", number + 1
            self._taken[kind].add(name)
            self._names[kind, target] = name
        return self._names[kind, target]


@attrs.frozen
class _Found:
    value: Any


def _anchored(data: Any, anchor: str) -> _Found | None:
    """Return the schema with this `$anchor` (JSON Schema 2020-12, section 8.2.2)."""
    pending = [data]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            if anchor and anchor in (value.get("$anchor"), value.get("$dynamicAnchor")):
                return _Found(value)
            pending += value.values()
        elif isinstance(value, list):
            pending += value
    return None


def _wanted_name(target: _Target) -> str:
    """Return a name made of the end of the pointer, or of the name of the file."""
    tokens = json_pointer.split(target.pointer) if target.pointer.startswith("/") else [target.pointer]
    if (tokens[:1] == ["components"] and len(tokens) == 3) or len(tokens) == 2:  # noqa: PLR2004 - components/KIND/NAME, definitions/NAME
        words = tokens[-1:]
    elif tokens == [""] or not tokens:
        words = [target.path.stem]
    else:
        structural = {"components", "schemas", "properties", "paths", "content", "schema", "$defs", "definitions"}
        words = [word for token in tokens if token not in structural for word in _NOT_IN_NAMES.split(token) if word]
        words = [word[:1].upper() + word[1:] for word in words]
    return _NOT_IN_NAMES.sub("_", "".join(words)).strip("_.-") or "Unnamed"
