"""type: whether numbers must be whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.comparing.forms import Shape
from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta, TypedRule
from specloom.release.compat.variance import Variance


def _check(pair: ShapePair) -> Iterator[Delta]:
    before, after = _whole(pair.base), _whole(pair.revision)
    if after and not before:
        yield Delta(Variance.NARROWED, "only whole numbers are accepted now", "type")
    elif before and not after:
        yield Delta(Variance.WIDENED, "numbers with a fraction are accepted now", "type")


def _whole(shape: Shape) -> bool:
    multiple = shape.keywords.get("multipleOf")
    return "type" in shape.keywords or (multiple is not None and multiple.denominator == 1)


RULE: Final = TypedRule(
    "integer",
    "an integer became a number, or a number an integer",
    _check,
    request="Go on accepting numbers with a fraction, and round them.",
    response="Go on sending whole numbers, and offer the exact one in a property of its own.",
    types=frozenset({"number"}),
)
