"""Check that a value has the type that an argument is declared with, down to the elements of a list.

What is inside a model is left to the model.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import attrs


def _nothing(value: object, place: str) -> list[str]:  # noqa: ARG001 - most kinds have nothing inside to check
    return []


@attrs.frozen
class Kind:
    """A type of arguments: what it is called, whether a value is of it, and what then is wrong inside the value."""

    wanted: str
    fits: Callable[[object], bool]
    inside: Callable[[object, str], list[str]] = _nothing

    def problems(self, value: object, place: str) -> list[str]:
        """Return what is wrong with `value`, which stands at `place`; the value itself is not told."""
        if self.fits(value):
            return self.inside(value, place)
        called = "None" if value is None else f"of type {type(value).__name__}"
        return [f"{place} must be {self.wanted}, not {called}"]


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


ANYTHING = Kind("a JSON value", lambda _: True)
BOOLEAN = Kind("True or False", lambda value: isinstance(value, bool))
DATE = Kind("a date", lambda value: isinstance(value, dt.date) and not isinstance(value, dt.datetime))
FILE = Kind("a File", lambda value: hasattr(value, "to_tuple"))
IDENTIFIER = Kind("a UUID", lambda value: isinstance(value, UUID))
INTEGER = Kind("an integer", _is_integer)
NULL = Kind("None", lambda value: value is None)
NUMBER = Kind("a number", lambda value: isinstance(value, float) or _is_integer(value))
TEXT = Kind("a string", lambda value: isinstance(value, str))
TIME = Kind("a datetime", lambda value: isinstance(value, dt.datetime))


def constant(wanted: object) -> Kind:
    """Return the kind that has one value."""
    return Kind(repr(wanted), lambda value: type(value) is type(wanted) and value == wanted)


def instance(model: type[Any]) -> Kind:
    """Return the kind of the instances of `model`."""
    return Kind(f"an instance of {model.__name__}", lambda value: isinstance(value, model))


def list_of(kind: Kind) -> Kind:
    """Return the kind of the lists whose elements are of `kind`."""

    def inside(value: Any, place: str) -> list[str]:
        return [problem for index, each in enumerate(value) for problem in kind.problems(each, f"{place}[{index}]")]

    return Kind("a list", lambda value: isinstance(value, list), inside)


def any_of(*kinds: Kind) -> Kind:
    """Return the kind of the values that are of one of `kinds`."""

    def inside(value: object, place: str) -> list[str]:
        found = [kind.inside(value, place) for kind in kinds if kind.fits(value)]
        return [] if [] in found else found[0]

    return Kind(
        " or ".join(kind.wanted for kind in kinds), lambda value: any(kind.fits(value) for kind in kinds), inside
    )
