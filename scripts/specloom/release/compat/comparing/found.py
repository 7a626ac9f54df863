"""What rules found in schemas, and what several findings amount to."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from specloom.release.compat.rule import Delta, SchemaRule, TypedRule
from specloom.release.compat.variance import Variance


@attrs.frozen
class Found:
    """A delta that a rule found at `path` below the schemas compared; `base` and `revision` are pointers."""

    rule: SchemaRule | TypedRule
    delta: Delta
    path: str
    base: str
    revision: str

    @property
    def narrows(self) -> bool:
        """Whether the revision refuses values of the base."""
        return self.delta.accepted in {Variance.NARROWED, Variance.CHANGED}

    @property
    def widens(self) -> bool:
        """Whether the revision accepts values that the base refuses."""
        return self.delta.accepted in {Variance.WIDENED, Variance.CHANGED}

    def softened(self, *, narrows: bool, widens: bool) -> Found:
        """Return the finding where it narrows or widens no more, because other alternatives make up for it."""
        if (self.narrows, self.widens) == (narrows, widens):
            return self
        variance = Variance.EXTENDED
        if narrows or widens:
            variance = Variance.NARROWED if narrows else Variance.WIDENED
        verdict = self.delta.variance if self.delta.variance is not self.delta.accepted else variance
        return attrs.evolve(self, delta=attrs.evolve(self.delta, variance=verdict, accepted=variance))


def joined(found: Iterable[Found]) -> Variance:
    """Return what findings about the same values are together."""
    about = [one for one in found if one.delta.accepted is not Variance.SAME]
    narrows, widens = any(one.narrows for one in about), any(one.widens for one in about)
    if narrows and widens:
        return Variance.CHANGED
    if narrows or widens:
        return Variance.NARROWED if narrows else Variance.WIDENED
    return Variance.EXTENDED if about else Variance.SAME
