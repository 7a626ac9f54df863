"""Rules across several values of a request that JSON Schema cannot say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import attrs

Values = Mapping[str, Any]
"""What is sent: an object of the given parameters by their names for `path`, `query`, `header` and `cookie`; `body`."""


class Rule(Protocol):
    """A rule on what is sent."""

    def problems(self, values: Values) -> list[str]:
        """Return what breaks the rule, in words."""
        ...


@attrs.frozen
class AnyGiven:
    """At least one of the values must be given; a place is a location and the tokens of a JSON Pointer into it."""

    places: tuple[tuple[str, ...], ...]
    message: str

    def problems(self, values: Values) -> list[str]:
        """Return the message when none is given."""
        return [] if any(_find(values, place) for place in self.places) else [self.message]


@attrs.frozen
class Distinct:
    """No two of the values may be equal; the token `*` of a place stands for every element."""

    place: tuple[str, ...]
    message: str

    def problems(self, values: Values) -> list[str]:
        """Return the message when a value occurs twice."""
        found = [repr(value) for value in _find(values, self.place)]
        return [] if len(found) == len(set(found)) else [self.message]


def _find(value: Any, tokens: tuple[str, ...]) -> list[Any]:
    """Return what the JSON Pointer made of `tokens` leads to in `value`."""
    if not tokens:
        return [value]
    first, rest = tokens[0], tokens[1:]
    return [found for name, child in _children(value) if first in {"*", name} for found in _find(child, rest)]


def _children(value: Any) -> Iterable[tuple[str, Any]]:
    """Return the members of an object by their names, the elements of an array by their positions, or nothing."""
    if hasattr(value, "items"):
        members: Iterable[tuple[str, Any]] = value.items()
        return members
    return ((str(index), each) for index, each in enumerate(value)) if hasattr(value, "append") else ()
