"""propertyNames: what the names of members must match."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta, TypedRule
from specloom.release.compat.variance import Variance


def _check(pair: ShapePair) -> Iterator[Delta]:
    variance = pair.inner.variance(pair.base.members.names, pair.revision.members.names)
    if variance is not Variance.SAME:
        yield Delta(variance, "what the names of members must match is different", "propertyNames")


RULE: Final = TypedRule(
    "property-names",
    "propertyNames added, changed or removed",
    _check,
    request="Go on accepting the old names.",
    response="Go on sending names that the old propertyNames accepts.",
    types=frozenset({"object"}),
)
