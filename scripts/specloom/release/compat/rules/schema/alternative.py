"""anyOf, oneOf: an alternative that has no counterpart in the other document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.pairs import FormPair
from specloom.release.compat.rule import Delta, SchemaRule
from specloom.release.compat.rules.families import wording
from specloom.release.compat.variance import Variance


def _check(pair: FormPair) -> Iterator[Delta]:
    lost = [lone for lone in pair.gone if not lone.covered]
    gained = [lone for lone in pair.come if not lone.covered]
    if lost:
        yield Delta(Variance.NARROWED, f"alternatives are gone: {wording.alternatives(lost)}")
    if gained:
        yield Delta(Variance.WIDENED, f"alternatives are new: {wording.alternatives(gained)}")
    for lone in (*pair.gone, *pair.come):
        if lone.covered and lone.shape.type in {"array", "object"}:
            message = f"an alternative is written anew: {wording.alternatives([lone])}; others accept its values"
            yield Delta(Variance.EXTENDED, message)


RULE: Final = SchemaRule(
    "alternative",
    "an alternative of anyOf or oneOf was added or removed",
    _check,
    request="Keep the old alternative beside the new one.",
    response="Go on answering with the old alternatives, and offer the new one under another path or version.",
)
