"""What a schema demands, in the form that rules compare: for each JSON type the alternatives of its values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, Protocol

import attrs

# The schemas that apply together to one value: their pointers. None at all accepts everything.
Key = tuple[str, ...]

TYPES: Final = ("null", "boolean", "number", "string", "array", "object")


@attrs.frozen
class Bound:
    """The end of a range of numbers; an open one does not belong to the range."""

    value: Any
    open: bool = False

    def __str__(self) -> str:
        """Return the number, and whether it is outside."""
        return f"{self.value} (exclusive)" if self.open else f"{self.value}"


@attrs.frozen
class Layer:
    """What one schema says of members or elements by name: those of `patterns`, and the `rest` it does not name."""

    names: frozenset[str]
    patterns: Mapping[str, Key]
    rest: Key

    def at(self, name: str) -> Key:
        """Return the schemas of the member `name`, those of `properties` aside."""
        matched = [key for pattern, key in self.patterns.items() if re.search(pattern, name)]
        if matched or name in self.names:
            return tuple(pointer for key in matched for pointer in key)
        return self.rest


@attrs.frozen
class Members:
    """The members of an object: declared ones, required ones, and what holds for those that are not declared.

    `hidden` are declared but do not count on this side of the wire (readOnly in a request, writeOnly in a response).
    """

    properties: Mapping[str, Key]
    required: frozenset[str]
    hidden: frozenset[str]
    layers: tuple[Layer, ...]
    names: Key
    demands: Mapping[str, frozenset[str]]
    dependents: Mapping[str, Key]

    def at(self, name: str) -> Key:
        """Return the schemas that the member `name` must match; none when any value will do."""
        return self.properties.get(name, ()) + tuple(pointer for layer in self.layers for pointer in layer.at(name))

    def mentions(self, name: str) -> bool:
        """Say whether the member `name` is declared, by itself or by a pattern, or required."""
        patterns = (pattern for layer in self.layers for pattern in layer.patterns)
        return name in self.properties or name in self.required or any(re.search(one, name) for one in patterns)

    @property
    def rest(self) -> Key:
        """Return the schemas of a member that nothing names."""
        return tuple(pointer for layer in self.layers for pointer in layer.rest)

    @property
    def patterns(self) -> dict[str, Key]:
        """Return the schemas of `patternProperties` by pattern."""
        merged: dict[str, Key] = {}
        for layer in self.layers:
            for pattern, key in layer.patterns.items():
                merged[pattern] = merged.get(pattern, ()) + key
        return merged


@attrs.frozen
class Contains:
    """How many elements of an array must match a schema."""

    key: Key
    least: int
    most: int | None


@attrs.frozen
class Elements:
    """The elements of an array: for each schema that applies, those at the front (`prefixItems`) and the rest."""

    layers: tuple[tuple[tuple[Key, ...], Key], ...]
    contains: tuple[Contains, ...]

    @property
    def front(self) -> int:
        """How many elements have a schema of their own."""
        return max((len(prefix) for prefix, _ in self.layers), default=0)

    def at(self, index: int) -> Key:
        """Return the schemas of the element at `index`."""
        return tuple(
            pointer for prefix, rest in self.layers for pointer in (prefix[index] if index < len(prefix) else rest)
        )


@attrs.frozen
class Exclusion:
    """A schema that a value must not match; because of `not`, or as another alternative of a `oneOf`."""

    key: Key
    keyword: str


@attrs.frozen
class Condition:
    """`if`, `then`, `else`; a branch that is missing accepts everything."""

    test: Key
    then: Key
    otherwise: Key


NO_MEMBERS: Final = Members({}, frozenset(), frozenset(), (), (), {}, {})
NO_ELEMENTS: Final = Elements((), ())
# The types whose values can always be listed.
ALL_VALUES: Final[Mapping[str, list[Any]]] = {"null": [None], "boolean": [False, True]}


class Source(Protocol):
    """What brings the schemas of one document into their forms (forming.Former)."""

    def form(self, key: Key) -> Form:
        """Return the form of the schemas of `key`."""

    def nothing(self, key: Key) -> bool:
        """Say whether the schemas of `key` are known to accept no value at all."""

    def anything(self, key: Key) -> bool:
        """Say whether the schemas of `key` accept every value."""

    def accepts(self, shape: Shape, value: Any) -> bool:
        """Say whether a value of its JSON type matches `shape`; True when its schemas cannot be compiled."""

    def named_beside(self, shape: Shape, name: str) -> bool:
        """Say whether schemas that may apply to the values of `shape` besides its own say something of a member."""


@attrs.frozen(eq=False)
class Shape:
    """What the schemas at `pointers` demand together of the values of one JSON type.

    `keywords` are those of that type, merged: the tighter limit, all patterns, …; `origins` says where each stands.
    `values` are the only ones accepted, None when they cannot be listed. `beside` are alternatives of an `anyOf` that
    may match as well. `labels` name the alternative, best first.
    """

    source: Source = attrs.field(repr=False)
    type: str
    pointers: Key
    keywords: Mapping[str, Any]
    origins: Mapping[str, str]
    values: tuple[Any, ...] | None
    members: Members
    elements: Elements
    excluded: tuple[Exclusion, ...]
    conditions: tuple[Condition, ...]
    beside: tuple[Key, ...]
    labels: tuple[str, ...]
    # How it stands to members, once that was asked (states.py).
    states: dict[str, Any] = attrs.field(init=False, factory=dict, repr=False)

    def pointer(self, keyword: str) -> str:
        """Return where `keyword` stands; where the schema stands when it does not have it."""
        return self.origins.get(keyword, self.pointers[0] if self.pointers else "")

    @property
    def free(self) -> bool:
        """Whether every value of the type is accepted."""
        return (
            (self.values is None or len(self.values) == len(ALL_VALUES.get(self.type, ())))
            and not (self.keywords or self.excluded or self.conditions)
            and self.members == attrs.evolve(NO_MEMBERS, hidden=self.members.hidden)
            and self.elements == NO_ELEMENTS
        )


@attrs.frozen
class Lone:
    """An alternative without counterpart; `covered` when others accept its values."""

    shape: Shape
    covered: bool


@attrs.frozen(eq=False)
class Form:
    """The schemas of `key` as alternatives by JSON type; `notes` are keywords that say nothing of the values.

    `opaque` says why there is no telling what they accept; None in all but the strangest cases.
    """

    key: Key
    shapes: Mapping[str, tuple[Shape, ...]]
    notes: Mapping[str, Any]
    origins: Mapping[str, str]
    opaque: str | None = None

    def pointer(self, keyword: str) -> str:
        """Return where `keyword` stands; where the schema stands when it does not have it."""
        return self.origins.get(keyword, self.key[0] if self.key else "")


def tag(shape: Shape) -> tuple[tuple[str, str], ...]:
    """Return the required members of an alternative that can have one value only, and that value."""
    found = []
    for name in sorted(shape.members.required):
        shapes = [one for same in shape.source.form(shape.members.at(name)).shapes.values() for one in same]
        if len(shapes) == 1 and shapes[0].values is not None and len(shapes[0].values) == 1:
            found.append((name, repr(shapes[0].values[0])))
    return tuple(found)


def any_free(shapes: Iterable[Shape]) -> bool:
    """Say whether one of the alternatives accepts every value of its type."""
    return any(shape.free for shape in shapes)
