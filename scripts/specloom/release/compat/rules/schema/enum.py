"""enum: the only values; also where `enum` and `const` meet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta, TypedRule
from specloom.release.compat.rules.families.listed import constant, listed


def _check(pair: ShapePair) -> Iterator[Delta]:
    if not all(constant(shape) or shape.values is None for shape in (pair.base, pair.revision)):
        yield from listed(pair, "enum")


RULE: Final = TypedRule(
    "enum",
    "a value was added to an enumeration or removed from it",
    _check,
    request="Go on accepting the old values; mark them as deprecated in the description.",
    response="Tell clients beforehand that more values may come: `anyOf` of the enumeration and `type: string`.",
    listed=True,
)
