"""What rules found in two schemas, what is left to the schemas inside, and what all that amounts to."""

from __future__ import annotations

import attrs

from specloom.release.compat.comparing.forms import Key
from specloom.release.compat.rule import Delta, SchemaRule, TypedRule
from specloom.release.compat.variance import Variance


@attrs.frozen
class Found:
    """A delta that a rule found at `path` below the schemas compared; `base` and `revision` are pointers."""

    rule: SchemaRule | TypedRule
    delta: Delta
    base: str
    revision: str
    path: str = ""

    @property
    def narrows(self) -> bool:
        """Whether the revision refuses values of the base."""
        return self.delta.accepted in {Variance.NARROWED, Variance.CHANGED}

    @property
    def widens(self) -> bool:
        """Whether the revision accepts values that the base refuses."""
        return self.delta.accepted in {Variance.WIDENED, Variance.CHANGED}

    def limited(self, *, narrows: bool, widens: bool) -> Found:
        """Return the finding where it may not narrow, or widen, because other alternatives make up for it."""
        narrows, widens = narrows and self.narrows, widens and self.widens
        if (self.narrows, self.widens) == (narrows, widens):
            return self
        variance = Variance.EXTENDED
        if narrows or widens:
            variance = Variance.NARROWED if narrows else Variance.WIDENED
        verdict = self.delta.variance if self.delta.variance is not self.delta.accepted else variance
        return attrs.evolve(self, delta=attrs.evolve(self.delta, variance=verdict, accepted=variance))


@attrs.frozen
class Inside:
    """Two schemas inside the ones compared, which describe the same part of a value.

    `narrows` and `widens` are False where other alternatives make up for what narrows or widens there.
    """

    path: str
    base: Key
    revision: Key
    narrows: bool = True
    widens: bool = True


@attrs.frozen
class Summary:
    """Whether anything was found; whether it narrows or widens what is accepted, or touches it in any other way."""

    found: bool = False
    narrows: bool = False
    widens: bool = False
    touches: bool = False

    def __or__(self, other: Summary) -> Summary:
        """Return the summary of both."""
        return Summary(
            self.found or other.found,
            self.narrows or other.narrows,
            self.widens or other.widens,
            self.touches or other.touches,
        )

    def limited(self, *, narrows: bool, widens: bool) -> Summary:
        """Return the summary where it may not narrow, or widen."""
        return attrs.evolve(self, narrows=self.narrows and narrows, widens=self.widens and widens)

    @property
    def variance(self) -> Variance:
        """How the values of two schemas stand; CHANGED when all that is known is that they are not the same."""
        if not self.touches:
            return Variance.SAME
        if self.narrows == self.widens:
            return Variance.CHANGED
        return Variance.NARROWED if self.narrows else Variance.WIDENED


@attrs.frozen
class Difference:
    """What was found in two schemas themselves, and the pairs of schemas inside them."""

    found: tuple[Found, ...] = ()
    inside: tuple[Inside, ...] = ()

    def limited(self, *, narrows: bool, widens: bool) -> Difference:
        """Return the difference where nothing may narrow, or widen, what is accepted."""
        return Difference(
            tuple(one.limited(narrows=narrows, widens=widens) for one in self.found),
            tuple(
                attrs.evolve(pair, narrows=pair.narrows and narrows, widens=pair.widens and widens)
                for pair in self.inside
            ),
        )

    @property
    def own(self) -> Summary:
        """What is found in the schemas themselves."""
        return Summary(
            bool(self.found),
            any(one.narrows for one in self.found),
            any(one.widens for one in self.found),
            any(one.delta.accepted is not Variance.SAME for one in self.found),
        )
