"""Keep what becomes a class, each under a name of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from openapi_python_client.strings import ClassName

_START: Final = "#/components/schemas/"
_LONGEST: Final = 80


class Classes:
    """The classes of a document, in the order in which they were met."""

    def __init__(self, taken: Iterable[str]) -> None:
        """Start with no classes; names that are `taken` are given only to those who ask for them."""
        self._taken = set(taken)
        self._writers: dict[str, Callable[[], dict[str, Any]]] = {}

    def add(self, name: str, write: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Return a reference to a new class called `name`, which nobody else asks for; `write` makes its schema."""
        self._writers[name] = write
        return {"$ref": f"{_START}{name}"}

    def free(self, words: str) -> str:
        """Return a name made of `words` that no other class has, and take it."""
        wanted = str(ClassName(words[:_LONGEST], "Schema ")).rstrip("_")
        name, number = wanted, 2
        while name in self._taken:
            name, number = f"{wanted}{number}", number + 1
        self._taken.add(name)
        return name

    def finish(self) -> dict[str, dict[str, Any]]:
        """Return the schemas of all classes by name, also of those that are met meanwhile."""
        found: dict[str, dict[str, Any]] = {}
        while len(found) < len(self._writers):
            for name in list(self._writers)[len(found) :]:
                found[name] = self._writers[name]()
        return found
