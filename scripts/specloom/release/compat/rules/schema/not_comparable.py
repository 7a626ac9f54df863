"""Schemas of which there is no telling what they accept, because of a reference or their size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.pairs import FormPair
from specloom.release.compat.rule import Delta, SchemaRule
from specloom.release.compat.variance import Variance


def _check(pair: FormPair) -> Iterator[Delta]:
    reason = pair.base.opaque or pair.revision.opaque
    if reason is not None:
        message = f"the schema changed, and it could not be shown that the old and the new one fit: {reason}"
        yield Delta(Variance.CHANGED, message)


RULE: Final = SchemaRule(
    "not-comparable",
    "a schema changed whose values cannot be told",
    _check,
    request="Refer to schemas of the same document only, and to ones that exist.",
    response="Refer to schemas of the same document only, and to ones that exist.",
)
