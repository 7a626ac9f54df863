"""x-extensible-enum: the values known so far, where more may come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from specloom.release.compat.pairs import FormPair
from specloom.release.compat.rule import Delta, SchemaRule
from specloom.release.compat.rules.families import wording
from specloom.release.compat.variance import Variance
from specloom.spec.equality import equal


def _check(pair: FormPair) -> Iterator[Delta]:
    before, after = _known(pair.base.notes), _known(pair.revision.notes)
    lost = [value for value in before if not any(equal(value, other) for other in after)]
    gained = [value for value in after if not any(equal(value, other) for other in before)]
    if lost:
        message = f"values are no longer known: {wording.values(lost)}"
        yield Delta(Variance.NARROWED, message, "x-extensible-enum", accepted=Variance.SAME)
    if gained:
        message = f"values are known now: {wording.values(gained)}"
        yield Delta(Variance.EXTENDED, message, "x-extensible-enum", accepted=Variance.SAME)


def _known(notes: Mapping[str, Any]) -> list[Any]:
    values = notes.get("x-extensible-enum")
    return values if isinstance(values, list) else []


RULE: Final = SchemaRule(
    "x-extensible-enum",
    "the known values of an open enumeration changed",
    _check,
    request="Go on accepting the old values.",
    response="",
)
