"""contentSchema: what the document inside a string must match."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta, TypedRule
from specloom.release.compat.variance import Variance


def _check(pair: ShapePair) -> Iterator[Delta]:
    before, after = pair.base.keywords.get("contentSchema", ()), pair.revision.keywords.get("contentSchema", ())
    variance = pair.inner.variance(before, after)
    if variance is not Variance.SAME:
        yield Delta(variance, "what the document inside the string must match is different", "contentSchema")


RULE: Final = TypedRule(
    "content-schema",
    "contentSchema added, changed or removed",
    _check,
    request="Leave contentSchema as it was, or accept more.",
    response="Go on sending what the old contentSchema describes.",
    types=frozenset({"string"}),
)
