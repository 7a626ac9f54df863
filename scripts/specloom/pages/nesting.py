"""Find the paths of members that a table lists one after the other, from the samples of the same body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

import attrs

from specloom.pages.paths import Step, Steps

_SEGMENT: Final = re.compile(r"(?P<items>\[\d*\*?\])|(?P<any>\*|<[^<>]*>|\{[^{}]*\})|(?P<name>[^.\[\]]+)")


_MAX_DEPTH: Final = 50
_MAX_SAME: Final = 50


def split_name(name: str) -> Steps:
    """Return the steps that a name in a table stands for: `data.orders[].id` has four."""
    return tuple(
        Step.ITEMS if found["items"] else Step.ANY if found["any"] else found["name"]
        for found in _SEGMENT.finditer(name.removeprefix("$."))
    )


def flat(steps: Iterable[str | Step]) -> Steps:
    """Return the steps without those into an array, which tables often leave out."""
    return tuple(step for step in steps if step is not Step.ITEMS)


@attrs.frozen
class _Open:
    """A member that others may be inside of: its own path, the path of what is inside, and its depth on the page."""

    path: Steps
    inside: Steps
    depth: int | None


class Nesting:
    """Places one member after the other of one body."""

    def __init__(self, sampled: Iterable[Steps]) -> None:
        self._sampled: dict[Steps, Steps] = {}
        self._deepest: dict[Steps, Steps] = {}
        for path in sampled:
            self._sampled.setdefault(flat(path), path)
            self._deepest[flat(path)] = max(path, self._deepest.get(flat(path), ()), key=len)
        self._parents = {key[:length] for key in self._sampled for length in range(len(key))}
        self._by_name: dict[str | Step, list[Steps]] = {}
        for key in self._sampled:
            if key:
                self._by_name.setdefault(key[-1], []).append(key)
        self._names = {".".join(str(step) for step in key if isinstance(step, str)) for key in self._sampled if key}
        self._names |= {name for name in self._by_name if isinstance(name, str)}
        self._open: list[_Open] = []
        self._placed: set[Steps] = set()
        self._last: _Open | None = None
        self._is_last_container = False

    @property
    def names(self) -> set[str]:
        """The names that the samples have, with dots for those of nested members."""
        return self._names

    def place(self, name: str, depth: int | None, following: Sequence[str]) -> tuple[Steps, bool]:
        """Return the path of the member called `name`, and whether it is only the samples that put it in there.

        `depth` is how deep it is nested on the page, None where that is not known; `following` are the names after it.
        """
        steps = split_name(name)
        if depth is not None:
            self._open = [each for each in self._open if each.depth is not None and each.depth < depth]
        path, is_guess = self._find(steps, depth, following)
        self._placed.add(flat(path))
        self._open = [each for each in self._open if path[: len(each.inside)] == each.inside and path != each.path]
        self._last = _Open(path, path, depth)
        self._is_last_container = False
        return path, is_guess

    def open(self, *, is_array: bool, nesting: int = 1) -> Steps:
        """Say that the member placed last may hold others, or elements that do; return the path of what is inside."""
        assert self._last is not None  # noqa: S101 - something was placed before
        path = self._last.path
        sampled = self._deepest.get(flat(path), path)
        inside = sampled if len(sampled) > len(path) else path + ((Step.ITEMS,) * nesting if is_array else ())
        self._last = attrs.evolve(self._last, inside=inside)
        self._open.append(self._last)
        self._is_last_container = True
        return inside

    def is_array(self, path: Steps) -> bool | None:
        """Return whether the samples show an array there; None when they show nothing there, or nothing in it."""
        key = flat(path)
        if key not in self._sampled:
            return None
        if len(self._deepest[key]) > len(path):
            return True
        return False if key in self._parents else None

    def _find(self, steps: Steps, depth: int | None, following: Sequence[str]) -> tuple[Steps, bool]:
        bases = [each.inside for each in reversed(self._open)] + [()]
        for base in bases:
            if self._is_new(flat(base + steps)):
                return self._sampled[flat(base + steps)], False
        if self._is_last_container and self._last and flat(self._last.path)[-len(flat(steps)) :] == flat(steps):
            return self._last.path, False  # a container that is named once more above what is inside it
        for base in bases if depth is None else bases[:1]:
            for key in self._by_name.get(steps[-1], ())[:_MAX_SAME] if steps else ():
                if (
                    key[: len(flat(base))] == flat(base)
                    and key[-len(flat(steps)) :] == flat(steps)
                    and self._is_new(key)
                ):
                    return self._sampled[key], True
        return self._unsampled(steps, depth, following), False

    def _is_new(self, key: Steps) -> bool:
        return key in self._sampled and key not in self._placed

    def _unsampled(self, steps: Steps, depth: int | None, following: Sequence[str]) -> Steps:
        """Return the path of a member that no sample has."""
        if self._last is None:
            return steps
        if depth is not None or len(flat(steps)) > 1:
            return (self._open[-1].inside if self._open and depth is not None else ()) + steps
        if self._is_last_container and self._goes_on_inside(flat(self._last.inside), following):
            return self._last.inside + steps
        parent = self._last.path[:-1]
        return parent + steps

    def _goes_on_inside(self, base: Steps, following: Sequence[str]) -> bool:
        """Return whether the members after this one are those that the samples show inside `base`."""
        if len(base) > _MAX_DEPTH:
            return False
        if base not in self._parents:
            return base in self._sampled or not self._sampled
        for name in following:
            steps = flat(split_name(name))
            if self._is_new(base + steps):
                return True
            if any(self._is_new(flat(each.inside) + steps) for each in self._open):
                return False
        return False
