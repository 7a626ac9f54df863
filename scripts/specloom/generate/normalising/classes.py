"""Keep the classes that are made of schemas, and name them in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, Literal

import attrs

from specloom.generate.normalising.naming import Taken, class_name, distinct

_START: Final = "#/components/schemas/"


@attrs.define(eq=False)
class Slot:
    """A class: what it is of, where its schema stands, what it should be called, and the reference to it.

    `write` makes the schema of it when all that refers to it has been seen. `members` has the names of those that are
    called otherwise in that schema, by what they are called there.
    """

    kind: Literal["object", "enum"]
    pointer: str
    wanted: str
    reference: dict[str, Any]
    write: Callable[[], dict[str, Any]]
    secondary: bool
    name: str = ""
    members: dict[str, str] = attrs.field(factory=dict)


class Classes:
    """The classes of a document, in the order in which they were met."""

    def __init__(self) -> None:
        """Start with no classes."""
        self._slots: dict[str, Slot] = {}

    def add(
        self,
        kind: Literal["object", "enum"],
        pointer: str,
        wanted: str,
        write: Callable[[], dict[str, Any]],
        *,
        secondary: bool = False,
    ) -> dict[str, Any]:
        """Return a reference to a new class, whose name is put into it in the end.

        A `secondary` one gets a name only after the others.
        """
        provisional = f"{_START}{len(self._slots)}"
        slot = Slot(kind, pointer, wanted, {"$ref": provisional}, write, secondary)
        self._slots[provisional] = slot
        return slot.reference

    def of(self, schema: dict[str, Any]) -> Slot | None:
        """Return the class that `schema` refers to, None if it does not."""
        return self._slots.get(schema.get("$ref", ""))

    def finish(self) -> dict[str, dict[str, Any]]:
        """Return the schemas of all classes, also of those that are met meanwhile, by name; references are valid then.

        Whatever names a component of the document comes first, so that it keeps its name.
        """
        bodies = dict(self._written())
        for slot in self._slots.values():
            if slot.kind == "object":
                slot.members = _tell_apart(bodies[id(slot)])
        taken = Taken()
        slots = list(self._slots.values())
        for slot in sorted(slots, key=lambda each: (each.secondary, each.pointer.count("/") > _START.count("/"))):
            slot.name = taken.free(slot.wanted, class_name)
            slot.reference["$ref"] = f"{_START}{slot.name}"
        return {slot.name: bodies[id(slot)] for slot in slots}

    def names(self) -> dict[str, str]:
        """Return the name of each class by the pointer of its schema."""
        return {slot.pointer: slot.name for slot in reversed(self._slots.values())}

    def members(self) -> dict[tuple[str, str], str]:
        """Return the names of the members that are called otherwise, by class and new name."""
        return {(slot.name, new): name for slot in self._slots.values() for new, name in slot.members.items()}

    def _written(self) -> Iterator[tuple[int, dict[str, Any]]]:
        done = 0
        while done < len(self._slots):
            for slot in list(self._slots.values())[done:]:
                yield id(slot), slot.write()
                done += 1


def _tell_apart(schema: dict[str, Any]) -> dict[str, str]:
    """Rename members of an object whose names would be one in Python; return their names by the new ones."""
    wanted = distinct(schema["properties"])
    renamed = {new: name for name, new in wanted.items() if new != name}
    if renamed:
        schema["properties"] = {wanted[name]: member for name, member in schema["properties"].items()}
        schema["required"] = [wanted[name] for name in schema["required"]]
    return renamed
