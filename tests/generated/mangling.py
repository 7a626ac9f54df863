"""Answers of a vendor, mangled at random: members dropped, emptied, of another type, nested, huge, repeated, deep."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any, Final

_OTHERS: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, -1, 1, 3.0, 1.5, "", "0", "true", "null", "soon", "2023-12-07T08:29:50Z", "\0", "\ud800"),
    *([], [[]], [None], {}, {"": None}, {"type": "order_created"}, {"type": []}),
    *(10**400, -(2**63), float("inf"), float("-inf"), "x" * 10_000, ["x"] * 1_000, "9" * 5_000),
)
_DEPTH: Final = 200
"""How deep a value is nested; Python itself reads JSON of about five times that depth."""


def mangled(value: Any, seed: int, count: int) -> Iterator[Any]:
    """Yield `count` values made of `value`, a value of JSON, by one to three changes; the same for the same `seed`."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    text = json.dumps(value)
    for _ in range(count):
        changed = json.loads(text)
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            changed = _changed(changed, chance)
        yield changed


def _changed(value: Any, chance: random.Random) -> Any:
    """Return `value` with a change made somewhere inside it."""
    inside = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    if not inside or chance.random() < 0.1:
        return _replaced(value, chance)
    place = chance.choice(inside)
    draw = chance.random()
    if draw < 0.15:
        del value[place]
    elif draw < 0.2 and isinstance(value, dict):
        value[chance.choice(("", "unknown", "class", "additional_properties", f"{place} "))] = value[place]
    elif draw < 0.2:
        value += [value[place]] * chance.choice((1, 100))
    else:
        value[place] = _changed(value[place], chance)
    return value


def _replaced(value: Any, chance: random.Random) -> Any:
    draw = chance.random()
    if draw < 0.1:
        return [value]
    if draw < 0.2:
        return {chance.choice(("", "data", "type")): value}
    if draw < 0.22:
        return _nested(value, chance.choice(("list", "object")))
    if draw < 0.3 and isinstance(value, str):
        return chance.choice((value + " ", value * 100, value[:-1], value.swapcase(), value + "\n"))
    return copy.deepcopy(chance.choice(_OTHERS))


def _nested(value: Any, kind: str) -> Any:
    for _ in range(_DEPTH):
        value = [value] if kind == "list" else {"data": value}
    return value
