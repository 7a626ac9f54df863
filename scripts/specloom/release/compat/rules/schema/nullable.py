"""Whether null is accepted: `nullable` of OpenAPI 3.0, `null` among the types, a null alternative."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.pairs import FormPair
from specloom.release.compat.rule import Delta, SchemaRule
from specloom.release.compat.variance import Variance


def _check(pair: FormPair) -> Iterator[Delta]:
    if pair.base.opaque or pair.revision.opaque:
        return
    before, after = set(pair.base.shapes), set(pair.revision.shapes)
    if before and after and not before & after:
        return  # another type altogether
    if {"null"} == before - after:
        yield Delta(Variance.NARROWED, "null is no longer accepted", "type")
    elif {"null"} == after - before:
        yield Delta(Variance.WIDENED, "null is accepted now", "type")


RULE: Final = SchemaRule(
    "nullable",
    "null became, or is no longer, a possible value",
    _check,
    request="Go on accepting null, and treat it as you did.",
    response="Leave the member out instead of sending null if it is optional, or send a value.",
)
