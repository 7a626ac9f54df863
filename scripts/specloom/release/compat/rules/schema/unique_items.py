"""uniqueItems: whether the elements of an array must differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta, TypedRule
from specloom.release.compat.variance import Variance


def _check(pair: ShapePair) -> Iterator[Delta]:
    before, after = "uniqueItems" in pair.base.keywords, "uniqueItems" in pair.revision.keywords
    if after and not before and pair.base.keywords.get("maxItems", 2) > 1:
        yield Delta(Variance.NARROWED, "no two elements may be equal any more", "uniqueItems")
    elif before and not after and pair.revision.keywords.get("maxItems", 2) > 1:
        yield Delta(Variance.WIDENED, "elements may be equal now", "uniqueItems")


RULE: Final = TypedRule(
    "unique-items",
    "uniqueItems added or removed",
    _check,
    request="Go on accepting equal elements, and drop the repeated ones.",
    response="Go on sending each element once.",
    types=frozenset({"array"}),
)
