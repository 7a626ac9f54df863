"""Find the schemas inside two shapes that describe the same part of a value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from specloom.release.compat.comparing.forms import Shape
from specloom.release.compat.comparing.found import Inside
from specloom.release.compat.comparing.states import State, state, state_of_rest

_NAME = re.compile(r"[A-Za-z_$][\w$-]*")


def inside(base: Shape, revision: Shape) -> Iterator[Inside]:
    """Yield the pairs of schemas of the parts of an object or an array."""
    if base.type == "object":
        yield from _members(base, revision)
    elif base.type == "array":
        yield from _elements(base, revision)


def _members(base: Shape, revision: Shape) -> Iterator[Inside]:
    before, after = base.members, revision.members
    for name in sorted((before.properties.keys() | after.properties.keys()) - before.hidden - after.hidden):
        if {state(base, name), state(revision, name)} <= {State.DECLARED, State.MAP}:
            yield Inside(_step(name), before.at(name), after.at(name))
    for pattern in sorted(before.patterns.keys() & after.patterns.keys()):
        yield Inside(f".<{pattern}>", before.patterns[pattern], after.patterns[pattern])
    if State.MAP is state_of_rest(base) is state_of_rest(revision):
        yield Inside(".*", before.rest, after.rest)


def _elements(base: Shape, revision: Shape) -> Iterator[Inside]:
    front = max(base.elements.front, revision.elements.front)
    most = min(base.keywords.get("maxItems", front + 1), revision.keywords.get("maxItems", front + 1))
    for index in range(min(front + 1, most)):
        path = "[]" if index == front else f"[{index}]"
        yield Inside(path, base.elements.at(index), revision.elements.at(index))


def _step(name: str) -> str:
    return f".{name}" if _NAME.fullmatch(name) else f"[{name!r}]"
