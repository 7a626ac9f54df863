"""Compare values that schemas list, or one of them, by `enum` or `const`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from specloom.release.compat.comparing.forms import Shape
from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta
from specloom.release.compat.rules.families import wording
from specloom.release.compat.variance import Variance


def constant(shape: Shape) -> bool:
    """Say whether `const` is why a shape has only the values it has."""
    return "const" in shape.origins and "enum" not in shape.origins


def listed(pair: ShapePair, keyword: str) -> Iterator[Delta]:
    """Yield what became of the values where at least one of two shapes lists them."""
    if pair.revision.values is None:
        yield Delta(
            Variance.WIDENED,
            f"the values were {wording.values(pair.base.values or ())} and are not listed any more",
            keyword,
        )
    elif gained := _refused(pair.base, pair.revision.values):
        yield Delta(Variance.WIDENED, f"these values are new: {wording.values(gained)}", keyword)
    if pair.base.values is None:
        message = f"only these values are accepted now: {wording.values(pair.revision.values or ())}"
        yield Delta(Variance.NARROWED, message, keyword)
    elif lost := _refused(pair.revision, pair.base.values):
        yield Delta(Variance.NARROWED, f"these values are gone: {wording.values(lost)}", keyword)


def _refused(shape: Shape, values: tuple[Any, ...]) -> list[Any]:
    return [value for value in values if not shape.source.accepts(shape, value)]
