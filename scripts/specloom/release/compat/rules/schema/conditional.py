"""if, then, else: what a value must match when it matches something else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.comparing.forms import Key
from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta, TypedRule
from specloom.release.compat.variance import Variance


def _check(pair: ShapePair) -> Iterator[Delta]:
    before, after = list(pair.base.conditions), list(pair.revision.conditions)
    for old in before.copy():
        new = next((new for new in after if pair.inner.variance(old.test, new.test) is Variance.SAME), None)
        if new is None:
            continue
        before.remove(old)
        after.remove(new)
        yield from _branch(pair, "then", old.then, new.then)
        yield from _branch(pair, "else", old.otherwise, new.otherwise)
    if after:
        yield Delta(Variance.NARROWED, "a condition (if, then, else) must hold now", "if")
    if before:
        yield Delta(Variance.WIDENED, "a condition (if, then, else) need not hold any more", "if")


def _branch(pair: ShapePair, keyword: str, before: Key, after: Key) -> Iterator[Delta]:
    variance = pair.inner.variance(before, after)
    if variance is not Variance.SAME:
        yield Delta(variance, f"what `{keyword}` demands is different", keyword)


RULE: Final = TypedRule(
    "conditional",
    "if, then or else added, changed or removed",
    _check,
    request="Leave the condition as it was, or demand less.",
    response="Go on sending values that meet the old condition.",
)
