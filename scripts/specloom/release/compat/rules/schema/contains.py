"""contains: how many elements of an array must match a schema."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from specloom.release.compat.comparing.forms import Contains
from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta, TypedRule
from specloom.release.compat.variance import Variance


def _check(pair: ShapePair) -> Iterator[Delta]:
    before, after = list(pair.base.elements.contains), list(pair.revision.elements.contains)
    for old in before.copy():
        new = next((new for new in after if _demand(pair, old, new) is Variance.SAME), None)
        if new is not None:
            before.remove(old)
            after.remove(new)
    if len(before) == len(after) == 1:
        yield Delta(
            _demand(pair, before[0], after[0]), "how many elements must match a schema is different", "contains"
        )
        return
    if after:
        yield Delta(Variance.NARROWED, "elements must match a schema now", "contains")
    if before:
        yield Delta(Variance.WIDENED, "elements need not match a schema any more", "contains")


def _demand(pair: ShapePair, old: Contains, new: Contains) -> Variance:
    """Return how the arrays stand that meet two demands."""
    inside = pair.inner.variance(old.key, new.key)
    if inside is Variance.SAME:
        low, high = new.least - old.least, _most(old) - _most(new)
        narrows, widens = low > 0 or high > 0, low < 0 or high < 0
        if narrows and widens:
            return Variance.CHANGED
        if narrows or widens:
            return Variance.NARROWED if narrows else Variance.WIDENED
        return Variance.SAME
    return inside if (old.least, old.most) == (new.least, new.most) == (new.least, None) else Variance.CHANGED


def _most(demand: Contains) -> float:
    return math.inf if demand.most is None else demand.most


RULE: Final = TypedRule(
    "contains",
    "contains, minContains or maxContains added, changed or removed",
    _check,
    request="Leave the demand as it was, or as loose.",
    response="Go on sending elements that meet the old demand.",
    types=frozenset({"array"}),
)
