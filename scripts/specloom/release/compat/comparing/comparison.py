"""Compare schemas: ask the rules about each pair, and go on with the schemas inside, circles included."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from functools import partial as partial_of
from typing import Final

import attrs

from specloom.release.compat.change import Side
from specloom.release.compat.comparing.alternatives import Matcher
from specloom.release.compat.comparing.dialect import modern
from specloom.release.compat.comparing.forming import Former
from specloom.release.compat.comparing.forms import Form, Key, Shape
from specloom.release.compat.comparing.found import Found, joined
from specloom.release.compat.comparing.inside import inside
from specloom.release.compat.comparing.unchanged import Unchanged
from specloom.release.compat.pairs import FormPair, ShapePair
from specloom.release.compat.rule import SchemaRule, TypedRule
from specloom.release.compat.rules import schema_rules
from specloom.release.compat.variance import Variance
from specloom.spec import Document

# Python's own stack ends somewhere above this; hardly an API nests values so deep.
_DEEPEST: Final = 35
_TOO_DEEP: Final = "it is nested too deeply"
# Alternatives inside alternatives in circles can be matched in more ways than anyone waits for.
_MOST_MATCHES: Final = 3000
_Pair = tuple[Key, Key, bool]


class _TooManyError(Exception):
    """The alternatives of two schemas can be matched in too many ways."""


class Comparison:
    """Compares schemas of two documents on one side of the wire, each pair once."""

    def __init__(self, base: Document, revision: Document, side: Side) -> None:
        """Compare what stands in `base` with what stands in `revision`."""
        base, revision = modern(base), modern(revision)
        self.side = side
        self._base = Former(base, side)
        self._revision = Former(revision, side)
        self._unchanged = Unchanged(base, revision)
        self._done: dict[_Pair, tuple[Found, ...]] = {}
        # How deep each pair stands that is being compared, and how deep the highest is that was met again.
        self._open: dict[_Pair, int] = {}
        self._met = _DEEPEST + 1
        self._matches = 0

    def compare(self, base: Key, revision: Key, *, partial: bool = False) -> tuple[Found, ...]:
        """Return what the rules find in two schemas and inside them; `partial` as in ShapePair."""
        if self._open:
            return self._compared(base, revision, partial=partial)
        self._matches = 0
        try:
            return self._compared(base, revision, partial=partial)
        except (_TooManyError, RecursionError) as error:
            self._open.clear()
            self._met = _DEEPEST + 1
            too_many = isinstance(error, _TooManyError)
            reason = "its alternatives can be matched in too many ways" if too_many else _TOO_DEEP
            pair = FormPair(self.side, Form(base, {}, {}, {}, reason), Form(revision, {}, {}, {}))
            return tuple(self._whole(pair))

    def _compared(self, base: Key, revision: Key, *, partial: bool) -> tuple[Found, ...]:
        base, revision = self._base.resolved(base), self._revision.resolved(revision)
        pair = (base, revision, partial)
        if self._unchanged(base, revision):
            return ()
        if pair in self._done:
            return self._done[pair]
        if pair in self._open:
            # A circle: what differs is found where the pair is being compared.
            self._met = min(self._met, self._open[pair])
            return ()
        depth, met_above = len(self._open), self._met
        self._open[pair] = depth
        self._met = _DEEPEST + 1
        found = tuple(dict.fromkeys(self._forms(base, revision, partial=partial)))
        del self._open[pair]
        if self._met >= depth:
            self._done[pair] = found
            self._met = met_above
        else:
            self._met = min(self._met, met_above)
        return found

    def variance(self, base: Key, revision: Key) -> Variance:
        """Return how the values of two schemas stand that see the same value as the schema around them."""
        variance = joined(self.compare(base, revision, partial=True))
        return Variance.CHANGED if variance is Variance.EXTENDED else variance

    def shapes(self, base: Shape, revision: Shape, *, partial: bool) -> Iterator[Found]:
        """Yield what the rules find in one alternative of each schema, and inside them."""
        self._matches += 1
        if self._matches > _MOST_MATCHES:
            raise _TooManyError
        pair = ShapePair(self.side, base, revision, self, partial)
        listed = base.values is not None or revision.values is not None
        for rule in _typed_rules(base.type, listed=listed):
            for delta in rule.check(pair):
                yield Found(rule, delta, "", base.pointer(delta.keyword), revision.pointer(delta.keyword))
        if not listed:
            for path, before, after in inside(base, revision):
                for one in self.compare(before, after, partial=partial):
                    yield attrs.evolve(one, path=path + one.path)

    def _forms(self, base: Key, revision: Key, *, partial: bool) -> Iterator[Found]:
        before, after = self._base.form(base), self._revision.form(revision)
        if len(self._open) > _DEEPEST:
            before = attrs.evolve(before, opaque=_TOO_DEEP, shapes={})
        matchings = [
            Matcher(shapes, after.shapes[kind], partial_of(self.shapes, partial=partial)).match()
            for kind, shapes in before.shapes.items()
            if kind in after.shapes
        ]
        gone = tuple(lone for matching in matchings for lone in matching.gone)
        come = tuple(lone for matching in matchings for lone in matching.come)
        yield from self._whole(FormPair(self.side, before, after, gone, come))
        for matching in matchings:
            yield from matching.found

    @staticmethod
    def _whole(pair: FormPair) -> Iterator[Found]:
        for rule in _schema_rules():
            for delta in rule.check(pair):
                yield Found(rule, delta, "", pair.base.pointer(delta.keyword), pair.revision.pointer(delta.keyword))


@cache
def _schema_rules() -> tuple[SchemaRule, ...]:
    return tuple(rule for rule in schema_rules() if isinstance(rule, SchemaRule))


@cache
def _typed_rules(kind: str, *, listed: bool) -> tuple[TypedRule, ...]:
    rules = (rule for rule in schema_rules() if isinstance(rule, TypedRule))
    return tuple(rule for rule in rules if kind in rule.types and rule.listed == listed)
