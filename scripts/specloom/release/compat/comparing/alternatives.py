"""Match the alternatives of two schemas: by tag, then by name, then by what differs least."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Protocol

import attrs

from specloom.release.compat.comparing.forms import Lone, Shape, tag
from specloom.release.compat.comparing.found import Difference

_Tag = Mapping[str, str]


@attrs.frozen
class Matching:
    """What differs in alternatives that match, and the alternatives of either schema that do not."""

    differences: tuple[Difference, ...] = ()
    gone: tuple[Lone, ...] = ()
    come: tuple[Lone, ...] = ()


class Holds(Protocol):
    """Says whether a difference has an attribute of Summary."""

    def __call__(self, what: str, difference: Difference, *, cross: bool) -> bool:
        """Say so for the attribute `what`; `cross` is True for alternatives that need not match."""


class Matcher:
    """Matches the alternatives of one JSON type."""

    def __init__(
        self,
        base: tuple[Shape, ...],
        revision: tuple[Shape, ...],
        compare: Callable[[Shape, Shape], Difference],
        holds: Holds,
    ) -> None:
        """Match `base` with `revision`.

        `compare` says what differs between two alternatives, and `holds` whether that has an attribute of Summary,
        inside them too.
        """
        self._base = base
        self._revision = revision
        self._compare = compare
        self._holds = holds
        self._differences: dict[tuple[int, int], Difference] = {}

    @cached_property
    def _tags(self) -> tuple[list[_Tag], list[_Tag]]:
        return [dict(tag(each)) for each in self._base], [dict(tag(each)) for each in self._revision]

    def match(self) -> Matching:
        """Return the matching."""
        if len(self._base) == len(self._revision) == 1:
            return Matching((self._compare(self._base[0], self._revision[0]),))
        pairs = dict(self._pairs())
        differences = []
        for before, after in pairs.items():
            difference = self._difference(before, after)
            narrows = self._holds("narrows", difference, cross=False) and not self._kept(before)
            widens = self._holds("widens", difference, cross=False) and not self._foreseen(after)
            differences.append(difference.limited(narrows=narrows, widens=widens))
        gone = [index for index in range(len(self._base)) if index not in pairs]
        come = [index for index in range(len(self._revision)) if index not in pairs.values()]
        return Matching(
            tuple(differences),
            tuple(Lone(self._base[index], self._kept(index)) for index in gone if not self._kept_exactly(index)),
            tuple(
                Lone(self._revision[index], self._foreseen(index))
                for index in come
                if not self._foreseen_exactly(index)
            ),
        )

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """Yield which alternative of the base goes with which of the revision, each at most once."""
        left, right = list(range(len(self._base))), list(range(len(self._revision)))
        for same in (self._tagged_alike, self._named_alike, self._alike):
            for before in left.copy():
                candidates = [after for after in right if same(before, after)]
                if candidates:
                    after = self._closest(before, candidates)
                    yield before, after
                    left.remove(before)
                    right.remove(after)
        open_pairs = [
            (self._distance(before, after), before, after)
            for before in left
            for after in right
            if not (self._tags[0][before] and self._tags[1][after])
            and not (self._base[before].labels and self._revision[after].labels)
        ]
        for _, before, after in sorted(open_pairs):
            if before in left and after in right:
                yield before, after
                left.remove(before)
                right.remove(after)

    def _closest(self, before: int, candidates: list[int]) -> int:
        if len(candidates) == 1:
            return candidates[0]
        return min(candidates, key=lambda after: self._distance(before, after))

    def _distance(self, before: int, after: int) -> int:
        """Return how much two alternatives themselves differ."""
        return len(self._difference(before, after).found)

    def _tagged_alike(self, before: int, after: int) -> bool:
        return bool(self._tags[0][before]) and self._tags[0][before] == self._tags[1][after]

    def _named_alike(self, before: int, after: int) -> bool:
        names, others = self._base[before].labels, self._revision[after].labels
        return bool(names and others) and names[0] == others[0]

    def _alike(self, before: int, after: int) -> bool:
        return not self._is("found", before, after)

    def _difference(self, before: int, after: int) -> Difference:
        if (before, after) not in self._differences:
            self._differences[before, after] = self._compare(self._base[before], self._revision[after])
        return self._differences[before, after]

    def _is(self, what: str, before: int, after: int) -> bool:
        # Most alternatives of a large union are told from all others by their tags.
        if self._base[before].type == "object" and _differ(self._tags[0][before], self._tags[1][after]):
            return True
        return self._holds(what, self._difference(before, after), cross=True)

    def _kept(self, before: int) -> bool:
        """Say whether the revision accepts all values of an alternative of the base."""
        return self._kept_exactly(before) or any(
            not self._is("narrows", before, after) for after in range(len(self._revision))
        )

    def _foreseen(self, after: int) -> bool:
        """Say whether the base accepts all values of an alternative of the revision."""
        return self._foreseen_exactly(after) or any(
            not self._is("widens", before, after) for before in range(len(self._base))
        )

    def _kept_exactly(self, before: int) -> bool:
        return _covered(self._base[before], self._revision) or any(
            not self._is("touches", before, after) for after in range(len(self._revision))
        )

    def _foreseen_exactly(self, after: int) -> bool:
        return _covered(self._revision[after], self._base) or any(
            not self._is("touches", before, after) for before in range(len(self._base))
        )


def _covered(shape: Shape, others: tuple[Shape, ...]) -> bool:
    """Say whether `shape` lists its values and each is accepted by one of `others`."""
    return shape.values is not None and all(
        any(other.source.accepts(other, value) for other in others) for value in shape.values
    )


def _differ(base: _Tag, revision: _Tag) -> bool:
    """Say whether a member that both require can have one text only in each, and not the same."""
    shared = [(text, revision[name]) for name, text in base.items() if name in revision]
    return any(one != other and {one[0], other[0]} <= {"'", '"'} for one, other in shared)
