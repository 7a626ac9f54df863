"""Compare schemas: ask the rules about each pair once, and again when what they were told of those inside changes."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from functools import cache
from functools import partial as partial_of
from typing import Final

import attrs

from specloom.release.compat.change import Side
from specloom.release.compat.comparing.alternatives import Matcher
from specloom.release.compat.comparing.dialect import modern
from specloom.release.compat.comparing.forming import Former
from specloom.release.compat.comparing.forms import Key, Shape
from specloom.release.compat.comparing.found import Difference, Found, Inside, Summary
from specloom.release.compat.comparing.inside import inside
from specloom.release.compat.comparing.unchanged import Unchanged
from specloom.release.compat.pairs import FormPair, ShapePair
from specloom.release.compat.rule import SchemaRule, TypedRule
from specloom.release.compat.rules import schema_rules
from specloom.release.compat.variance import Variance
from specloom.spec import Document

# After so many changes the summary of a pair may only grow, so that comparing ends.
_MOST_CHANGES: Final = 6


# So many pairs are looked into to see whether one alternative makes up for another; the rest is taken to differ.
_MOST_ASIDE: Final = 5000
_ANYTHING: Final = Summary(found=True, narrows=True, widens=True, touches=True)


@attrs.frozen
class _Pair:
    """Two schemas by their pointers; `partial` as in ShapePair.

    `aside` is True below alternatives that do not match: only whether they differ is of interest then, not where.
    """

    base: Key
    revision: Key
    partial: bool = False
    aside: bool = False


class Comparison:
    """Compares schemas of two documents on one side of the wire.

    Schemas refer to each other in circles. What is not known yet of a pair is taken to be the same; when it turns out
    not to be, the pairs that relied on it are compared again.
    """

    def __init__(self, base: Document, revision: Document, side: Side) -> None:
        """Compare what stands in `base` with what stands in `revision`."""
        base, revision = modern(base), modern(revision)
        self.side = side
        self._base = Former(base, side)
        self._revision = Former(revision, side)
        self._unchanged = Unchanged(base, revision)
        self._differences: dict[_Pair, Difference] = {}
        self._summaries: dict[_Pair, Summary] = {}
        self._changes: defaultdict[_Pair, int] = defaultdict(int)
        self._readers: defaultdict[_Pair, dict[_Pair, None]] = defaultdict(dict)
        self._waiting: defaultdict[_Pair, dict[_Pair, None]] = defaultdict(dict)
        self._todo: dict[_Pair, None] = {}
        self._current = _Pair((), ())
        self._aside = 0

    def compare(self, base: Key, revision: Key) -> Iterator[Found]:
        """Yield what the rules find in two schemas and inside them; what several members share at the first of them."""
        root = self._pair(base, revision, partial=False)
        if self._unchanged(root.base, root.revision):
            return
        if root not in self._summaries:
            self._todo[root] = None
            self._settle()
        todo = deque([Inside("", root.base, root.revision)])
        seen = set(todo)
        while todo:
            one = todo.popleft()
            difference = self._differences[_Pair(one.base, one.revision)]
            for found in difference.found:
                yield attrs.evolve(found.limited(narrows=one.narrows, widens=one.widens), path=one.path)
            for child in difference.inside:
                pair = self._pair(child.base, child.revision, partial=False)
                narrows, widens = one.narrows and child.narrows, one.widens and child.widens
                there = Inside("", pair.base, pair.revision, narrows, widens)
                if self._summaries.get(pair, Summary()).found and there not in seen:
                    seen.add(there)
                    todo.append(attrs.evolve(there, path=one.path + child.path))

    def variance(self, base: Key, revision: Key, *, matching: bool = True) -> Variance:
        """Return how the values of two schemas stand that see the same value as the schema around them."""
        return self._summary(self._inner(base, revision, cross=not matching, partial=True)).variance

    def _pair(self, base: Key, revision: Key, *, partial: bool, aside: bool = False) -> _Pair:
        pair = _Pair(self._base.resolved(base), self._revision.resolved(revision), partial)
        known = pair in self._summaries or pair in self._todo
        return attrs.evolve(pair, aside=True) if aside and not known else pair

    def _inner(self, base: Key, revision: Key, *, cross: bool = False, partial: bool = False) -> _Pair:
        """Return a pair of schemas inside those that are being compared."""
        current = self._current
        return self._pair(base, revision, partial=partial or current.partial, aside=current.aside or cross)

    def _settle(self) -> None:
        """Compare what is to be compared until nothing changes any more."""
        while self._todo:
            pair, _ = self._todo.popitem()
            self._current = pair
            difference = self._difference(pair)
            summary = self._summarise(difference)
            before = self._summaries.get(pair, Summary())
            if self._changes[pair] > _MOST_CHANGES:
                summary |= before
            self._differences[pair], self._summaries[pair] = difference, summary
            self._todo |= self._waiting.pop(pair, {})
            if summary != before:
                self._changes[pair] += 1
                self._todo |= self._readers[pair]

    def _summary(self, pair: _Pair) -> Summary:
        """Return what is known of a pair inside the one that is being compared; compare it as well."""
        if self._unchanged(pair.base, pair.revision):
            return Summary()
        self._readers[pair][self._current] = None
        if pair not in self._summaries and pair not in self._todo:
            self._aside += pair.aside
            if pair.aside and self._aside > _MOST_ASIDE:
                return _ANYTHING
            self._todo[pair] = None
        return self._summaries.get(pair, Summary())

    def _summarise(self, difference: Difference) -> Summary:
        summary = difference.own
        for one in difference.inside:
            if self._current.aside and summary == _ANYTHING:
                break
            pair = self._inner(one.base, one.revision)
            summary |= self._summary(pair).limited(narrows=one.narrows, widens=one.widens)
            if self._current.aside and self._waits(pair):
                break
        return summary

    def _holds(self, what: str, difference: Difference, *, cross: bool) -> bool:
        """Say whether a difference has an attribute of Summary; look inside no further than that needs."""
        if getattr(difference.own, what):
            return True
        for one in difference.inside:
            pair = self._inner(one.base, one.revision, cross=cross)
            if getattr(self._summary(pair).limited(narrows=one.narrows, widens=one.widens), what):
                return True
            if self._waits(pair):
                return False
        return False

    def _waits(self, pair: _Pair) -> bool:
        """Say whether nothing is known of a pair yet; what is being compared is compared again when it is."""
        unknown = pair in self._todo and pair not in self._summaries
        if unknown:
            self._waiting[pair][self._current] = None
        return unknown

    def _difference(self, pair: _Pair) -> Difference:
        before, after = self._base.form(pair.base), self._revision.form(pair.revision)
        compare = partial_of(self._shapes, partial=pair.partial)
        matchings = [
            Matcher(shapes, after.shapes[kind], compare, self._holds).match()
            for kind, shapes in before.shapes.items()
            if kind in after.shapes
        ]
        gone = tuple(lone for matching in matchings for lone in matching.gone)
        come = tuple(lone for matching in matchings for lone in matching.come)
        parts = [difference for matching in matchings for difference in matching.differences]
        return Difference(
            (
                *self._whole(FormPair(self.side, before, after, gone, come)),
                *(found for part in parts for found in part.found),
            ),
            tuple(dict.fromkeys(one for part in parts for one in part.inside)),
        )

    def _shapes(self, base: Shape, revision: Shape, *, partial: bool) -> Difference:
        """Return what the rules find in one alternative of each schema."""
        pair = ShapePair(self.side, base, revision, self, partial)
        listed = base.values is not None or revision.values is not None
        found = tuple(
            Found(rule, delta, base.pointer(delta.keyword), revision.pointer(delta.keyword))
            for rule in _typed_rules(base.type, listed=listed)
            for delta in rule.check(pair)
        )
        below = () if listed else inside(base, revision)
        return Difference(found, tuple(one for one in below if not self._unchanged(one.base, one.revision)))

    @staticmethod
    def _whole(pair: FormPair) -> Iterator[Found]:
        for rule in _schema_rules():
            for delta in rule.check(pair):
                yield Found(rule, delta, pair.base.pointer(delta.keyword), pair.revision.pointer(delta.keyword))


@cache
def _schema_rules() -> tuple[SchemaRule, ...]:
    return tuple(rule for rule in schema_rules() if isinstance(rule, SchemaRule))


@cache
def _typed_rules(kind: str, *, listed: bool) -> tuple[TypedRule, ...]:
    rules = (rule for rule in schema_rules() if isinstance(rule, TypedRule))
    return tuple(rule for rule in rules if kind in rule.types and rule.listed == listed)
