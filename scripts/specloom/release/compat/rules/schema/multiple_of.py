"""multipleOf: the step between numbers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from specloom.release.compat.comparing.forms import Shape
from specloom.release.compat.comparing.merging import least_common_multiple
from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta, TypedRule
from specloom.release.compat.variance import Variance


def _check(pair: ShapePair) -> Iterator[Delta]:
    before, after = pair.base.keywords.get("multipleOf"), pair.revision.keywords.get("multipleOf")
    narrows = after is not None and not _divides(after, _step(pair.base))
    widens = before is not None and not _divides(before, _step(pair.revision))
    message = f"multipleOf was {_said(before)} and is {_said(after)}"
    if narrows and widens:
        yield Delta(Variance.CHANGED, message, "multipleOf")
    elif narrows or widens:
        yield Delta(Variance.NARROWED if narrows else Variance.WIDENED, message, "multipleOf")


def _step(shape: Shape) -> Fraction | None:
    """Return what every number of a shape is a multiple of."""
    multiple: Fraction | None = shape.keywords.get("multipleOf")
    if "type" not in shape.keywords:
        return multiple
    return Fraction(1) if multiple is None else least_common_multiple(multiple, Fraction(1))


def _divides(step: Fraction, other: Fraction | None) -> bool:
    return other is not None and (other / step).denominator == 1


def _said(step: Fraction | None) -> str:
    return "absent" if step is None else f"{float(step):g}"


RULE: Final = TypedRule(
    "multiple-of",
    "multipleOf added, changed or removed",
    _check,
    request="Go on accepting the old steps.",
    response="Go on sending numbers of the old steps.",
    types=frozenset({"number"}),
)
