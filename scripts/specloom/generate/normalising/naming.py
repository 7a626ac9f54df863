"""Name classes and modules so that none takes the place of another in openapi-python-client."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from openapi_python_client.strings import ClassName, PythonIdentifier

from specloom.generate.classes import PREFIX, class_of
from specloom.spec import pointer as json_pointer
from specloom.spec.api import METHODS, Operation

# Names of files: what many systems allow, less what is appended.
_LONGEST: Final = 100
_ROOM: Final = len("_10000")
_ROUNDS: Final = 5
# Names that are kept as they were written: a document has the same few hundred again and again.
_KEPT: Final = 4096


@lru_cache(_KEPT)
def identifier(text: str, prefix: str) -> str:
    """Return `text` as openapi-python-client writes it in names of modules; doing so again changes nothing."""
    return _settled(text[:_LONGEST], lambda name: str(PythonIdentifier(name, prefix)))


@lru_cache(_KEPT)
def class_name(text: str) -> str:
    """Return `text` as the name of a class that openapi-python-client keeps as it is, and imports nothing of."""
    return _settled(text.replace("/", " ")[:_LONGEST], lambda name: str(class_of(str(ClassName(name, PREFIX)))))


def _settled(name: str, write: Callable[[str], str]) -> str:
    for _ in range(_ROUNDS):
        before, name = name, write(name)
        if before == name:
            break
    return name


@lru_cache(_KEPT)
def _member(name: str) -> str:
    """Return `name` as openapi-python-client writes it in names of members."""
    return str(PythonIdentifier(name, PREFIX))


class Taken:
    """Gives each name away once; names that differ in case only, or are one module, are the same."""

    def __init__(self) -> None:
        """Start with no name taken."""
        self._taken: set[str] = set()

    def free(self, wanted: str, write: Callable[[str], str], *, within: str = "") -> str:
        """Return `wanted`, as `write` writes it, with a number appended if it is taken `within` this; it is then."""
        name, number = write(wanted), 2
        while self._key(name, within) in self._taken:
            name, number = write(f"{wanted[: _LONGEST - _ROOM]}_{number}"), number + 1
        self._taken.add(self._key(name, within))
        return name

    @staticmethod
    def _key(name: str, within: str) -> str:
        return f"{within}_{_member(name)}".lower().removeprefix("_")


def distinct(names: Iterable[str]) -> dict[str, str]:
    """Return for each of the `names` itself, or where two would be one in Python, another name."""
    given = list(names)
    taken: set[str] = set()
    found: dict[str, str] = {}
    for name in given:
        new, number = name, 2
        while _member(new) in taken or (new != name and new in given):
            new, number = f"{_member(name)}_{number}", number + 1
        taken.add(_member(new))
        found[name] = new
    return found


class Places:
    """Says what a class is called after the place of its schema: `PetOwnerItem` for items of `owner` of `Pet`."""

    def __init__(self, data: Any, operations: Sequence[Operation]) -> None:
        """Name places in the document `data` with these operations."""
        self._data = data
        self._operations = {(each.path, each.method): each.id for each in operations}

    def name(self, pointer: str) -> str:
        """Return the words that name the schema at `pointer`, with spaces between."""
        tokens = json_pointer.split(pointer)
        index, words, value = self._start(tokens)
        while index < len(tokens):
            keyword, value = tokens[index], value[tokens[index]]
            index += 1
            if keyword in _NAMED and index < len(tokens):
                value = value[int(tokens[index]) if isinstance(value, list) else tokens[index]]
                words.append(_NAMED[keyword](tokens[index], value))
                index += 1
            else:
                words.append(_ALONE.get(keyword, ""))
        return " ".join(word for word in words if word)

    def _start(self, tokens: Sequence[str]) -> tuple[int, list[str], Any]:
        """Return how many tokens lead to the operation or component, its name, and what it is."""
        count = 2 if tokens[0] == "paths" and tokens[2] not in METHODS else min(3, len(tokens))
        value = json_pointer.walk(self._data, tokens[:count])
        named = self._operations.get((tokens[1], tokens[2]), tokens[1]) if count == len("pmt") else tokens[1]
        return count, [tokens[2] if tokens[0] == "components" else named], value


def _alternative(token: str, schema: Any) -> str:
    title = schema.get("title") if isinstance(schema, dict) else None
    return str(title or f"type {token}")


_NAMED: Final[dict[str, Callable[[str, Any], str]]] = {
    "allOf": lambda *_: "",
    "anyOf": _alternative,
    "content": lambda *_: "",
    "headers": lambda token, _: token,
    "oneOf": _alternative,
    "parameters": lambda _, parameter: str(parameter.get("name", "")),
    "patternProperties": lambda *_: "pattern",
    "prefixItems": lambda token, _: f"item {token}",
    "properties": lambda token, _: token,
    "responses": lambda token, _: f"response {token}",
}
"""What a keyword that holds several schemas adds to a name, given the token after it and what that leads to."""
_ALONE: Final = {"additionalProperties": "additional property", "items": "item", "requestBody": "body"}
