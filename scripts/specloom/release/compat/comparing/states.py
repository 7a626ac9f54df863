"""How a schema stands to a member of an object: declared, covered by a map, left open, or forbidden."""

from __future__ import annotations

from enum import Enum

from specloom.release.compat.comparing.forms import Key, Shape


class State(Enum):
    """HIDDEN: declared, but not for this side of the wire. MAP: not declared, but bound by others."""

    DECLARED = "declared"
    HIDDEN = "hidden"
    MAP = "map"
    OPEN = "open"
    CLOSED = "closed"


def state(shape: Shape, name: str) -> State:
    """Return how `shape`, of an object, stands to the member `name`."""
    if name not in shape.states:
        shape.states[name] = _state_of_member(shape, name)
    found: State = shape.states[name]
    return found


def _state_of_member(shape: Shape, name: str) -> State:
    if name in shape.members.hidden:
        return State.HIDDEN
    state = _state(shape, shape.members.at(name))
    if name in shape.members.properties and state is not State.CLOSED:
        return State.DECLARED
    spoken_of = shape.members.mentions(name) or shape.source.named_beside(shape, name)
    return State.MAP if state is State.OPEN and spoken_of else state


def state_of_rest(shape: Shape) -> State:
    """Return how `shape`, of an object, stands to a member that nothing names."""
    return _state(shape, shape.members.rest)


def _state(shape: Shape, key: Key) -> State:
    if shape.source.nothing(key):
        return State.CLOSED
    return State.OPEN if shape.source.anything(key) else State.MAP
