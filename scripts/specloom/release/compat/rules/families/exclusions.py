"""Rules about schemas that a value must not match: `not`, and the other alternatives of a `oneOf`."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.comparing.apart import apart
from specloom.release.compat.comparing.forms import Exclusion, Shape
from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta, TypedRule
from specloom.release.compat.variance import Variance


def excluding(rule: str, keyword: str, message: str, title: str) -> TypedRule:
    """Return the rule about what `keyword` excludes; `message` says that something could not be shown."""

    def check(pair: ShapePair) -> Iterator[Delta]:
        narrows = any(
            not _kept_out(pair, pair.base, new, Variance.WIDENED)
            for new in pair.revision.excluded
            if new.keyword == keyword
        )
        widens = any(
            not _kept_out(pair, pair.revision, old, Variance.NARROWED)
            for old in pair.base.excluded
            if old.keyword == keyword
        )
        if narrows and widens:
            yield Delta(Variance.CHANGED, message, keyword)
        elif narrows or widens:
            yield Delta(Variance.NARROWED if narrows else Variance.WIDENED, message, keyword)

    return TypedRule(
        rule,
        title,
        check,
        request="Exclude no more than before; tell alternatives apart by a required member with a `const`.",
        response="Go on sending values that the old schema does not exclude.",
    )


def _kept_out(pair: ShapePair, shape: Shape, exclusion: Exclusion, unless: Variance) -> bool:
    """Say whether it is shown that no value of `shape` matches `exclusion`, which the other shape of the pair has.

    It is when `shape` excludes as much itself: not when `exclusion` reaches further, which is `unless` or CHANGED.
    """
    other = pair.revision if shape is pair.base else pair.base
    # A member that `not` speaks of is part of the contract, declared or not.
    if apart(shape, other.source, exclusion.key, partial=pair.partial or exclusion.keyword == "not"):
        return True
    for mine in shape.excluded:
        old, new = (mine, exclusion) if shape is pair.base else (exclusion, mine)
        if pair.inner.variance(old.key, new.key, matching=False) not in {unless, Variance.CHANGED}:
            return True
    return False
