"""xml: the names of elements and attributes in XML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.pairs import FormPair
from specloom.release.compat.rule import Delta, SchemaRule
from specloom.release.compat.variance import Variance


def _check(pair: FormPair) -> Iterator[Delta]:
    if pair.base.notes.get("xml") != pair.revision.notes.get("xml"):
        why = "In XML the value stands under another name or at another place."
        yield Delta(Variance.CHANGED, "it is written differently in XML", "xml", why, accepted=Variance.SAME)


RULE: Final = SchemaRule(
    "xml",
    "how a value is written in XML changed",
    _check,
    request="Keep the names, namespaces and wrapping of `xml`.",
    response="Keep the names, namespaces and wrapping of `xml`.",
)
