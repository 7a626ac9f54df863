"""What a changed schema does to the set of values it accepts, and what that means on each side of the wire."""

from __future__ import annotations

from enum import Enum

from specloom.release.compat.change import Severity, Side


class Variance(Enum):
    """How the accepted values of a revision stand to those of its base.

    EXTENDED: something was declared that nothing was said about before; both sides go on as they did.
    """

    SAME = "same"
    NARROWED = "narrowed"
    WIDENED = "widened"
    CHANGED = "changed"
    EXTENDED = "extended"

    def severity(self, side: Side) -> Severity:
        """Judge a schema on `side`: a request may only widen, a response may only narrow."""
        if self is Variance.SAME:
            return Severity.NONE
        if self is Variance.EXTENDED:
            return Severity.ADDITIVE
        harmless = Variance.WIDENED if side is Side.REQUEST else Variance.NARROWED
        return Severity.ADDITIVE if self is harmless else Severity.BREAKING
