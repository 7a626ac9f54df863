"""const: the only value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta, TypedRule
from specloom.release.compat.rules.families.listed import constant, listed


def _check(pair: ShapePair) -> Iterator[Delta]:
    if all(constant(shape) or shape.values is None for shape in (pair.base, pair.revision)):
        yield from listed(pair, "const")


RULE: Final = TypedRule(
    "const",
    "const added, changed or removed",
    _check,
    request="Go on accepting the old value beside the new one: list both under `enum`.",
    response="Go on sending the old value.",
    listed=True,
)
