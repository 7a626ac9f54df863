"""Break a JSON value at one place of its schema, so that it does not satisfy the schema any more."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, Final

import attrs

from specloom.fuzz.proof.example import minimal
from specloom.spec import Document, Schemas
from specloom.spec import pointer as json_pointer

# What is written where a value is to be of another type or out of bounds; the first that is refused is taken.
_JUNK: Final[tuple[Any, ...]] = (
    "",
    "specloom",
    "2001-02-30",
    -1,
    0.5,
    10**9,
    True,
    [],
    {},
    ["specloom"],
    [[]],
    {"specloom": []},
)


@attrs.frozen
class Breaker:
    """Breaks values of the schema at `root` where `tokens` lead to a keyword of it, each `$ref` on the way followed."""

    document: Document
    schemas: Schemas
    root: str
    tokens: tuple[str, ...]
    member: str = ""

    def broken(self, value: Any) -> Iterator[tuple[str, Any]]:
        """Yield (what is wrong, a copy of `value` with it); nothing where all values there satisfy the schema."""
        if self.member:
            found = self._reached(value)
            if found is not None:
                whole, holder, name = found
                if isinstance(holder[name], dict) and holder[name].pop(self.member, self) is not self:
                    yield from self._if_broken(f"{self.member} is missing", whole)
            return
        if self.tokens[-1] != "additionalProperties":
            yield from self._first("it is null", value, (None,))
        for text, junk in (("it is of another kind", _JUNK), ("it is not quite right", self._near(value))):
            yield from self._first(text, value, junk)

    def _first(self, text: str, value: Any, others: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
        for other in others:
            found = self._reached(value)
            if found is not None:
                whole, holder, name = found
                holder[name] = copy.deepcopy(other)
                broken = list(self._if_broken(text, whole))
                if broken:
                    yield from broken
                    return

    def _if_broken(self, text: str, whole: list[Any]) -> Iterator[tuple[str, Any]]:
        if not self.schemas.validator(self.root).is_valid(whole[0]):
            yield text, whole[0]

    def _near(self, value: Any) -> tuple[Any, ...]:
        """Return values that are like the one that stands there."""
        found = self._reached(value)
        if found is None:
            return ()
        _, holder, name = found
        current = holder[name]
        if isinstance(current, str):
            return (f"{current} ", f"{current}x", current[:-1], current.swapcase(), current.replace("T", " "))
        if isinstance(current, bool):
            return (str(current).lower(), int(current))
        if isinstance(current, int | float):
            return (str(current), current + 1, -current, current + 0.5)
        if isinstance(current, list):
            return (current[:-1], current + current[-1:], [*current, *current, *current], _numbered(current))
        return ([current], {**current, "specloom": "specloom"}) if isinstance(current, dict) else ()

    def _reached(self, value: Any) -> tuple[list[Any], Any, Any] | None:
        """Return a copy of `value` in a list, and what holds the place that is meant, with its name in it.

        What is not there on the way is added where it is optional. None when that gives no value of the schema, or when
        `value` satisfies another alternative of a union.
        """
        whole = [copy.deepcopy(value)]
        holder: Any = whole
        name: Any = 0
        pointer = self.root
        tokens = list(self.tokens[:-1])
        while tokens:
            pointer = self.document.resolve(pointer)[0]
            keyword = tokens.pop(0)
            pointer += json_pointer.join(keyword)
            if keyword in {"items", "additionalProperties"}:
                step = _child(holder[name], keyword, self.document.at(pointer.rpartition("/")[0]))
            else:
                token = tokens.pop(0)
                pointer += json_pointer.join(token)
                step = _named(holder[name], keyword, token)
            if step is _STAY:
                if not self.schemas.validator(pointer).is_valid(holder[name]):
                    holder[name] = minimal(self.document, pointer)
                continue
            if step is None:
                return None
            holder, name = holder[name], step
            if isinstance(holder, dict) and name not in holder:
                holder[name] = minimal(self.document, pointer)
            elif isinstance(holder, list) and name == len(holder):
                holder.append(minimal(self.document, pointer))
        return (whole, holder, name) if self.schemas.validator(self.root).is_valid(whole[0]) else None


_STAY: Final = object()


def _numbered(elements: list[Any]) -> dict[str, Any]:
    """Return an object of the elements of an array, by their places."""
    return {str(index): each for index, each in enumerate(elements)}


def _named(value: Any, keyword: str, token: str) -> Any:
    """Return the name of the member or element that a keyword with several subschemas is about."""
    if keyword == "properties":
        return token if isinstance(value, dict) else None
    if keyword == "prefixItems":
        return int(token) if isinstance(value, list) and int(token) <= len(value) else None
    if keyword in {"oneOf", "anyOf", "allOf"}:
        return _STAY
    return None


def _child(value: Any, keyword: str, schema: Any) -> Any:
    """Return the name of an element or a further member: one that is there, or else a new one."""
    if keyword == "items":
        first = len(schema.get("prefixItems", ()))
        return max(first, len(value) - 1) if isinstance(value, list) and len(value) >= first else None
    if not isinstance(value, dict):
        return None
    return next((name for name in value if name not in schema.get("properties", ())), "specloom")
