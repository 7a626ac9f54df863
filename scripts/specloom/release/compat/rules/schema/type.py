"""type: which JSON types a value may have, however that is written; null is a matter of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.comparing.forms import TYPES, Form
from specloom.release.compat.pairs import FormPair
from specloom.release.compat.rule import Delta, SchemaRule
from specloom.release.compat.variance import Variance


def _check(pair: FormPair) -> Iterator[Delta]:
    if pair.base.opaque or pair.revision.opaque:
        return
    before, after = set(pair.base.shapes), set(pair.revision.shapes)
    lost, gained = before - after - {"null"}, after - before - {"null"}
    message = f"the type was {_said(pair.base)} and is {_said(pair.revision)}"
    if before and after and ((lost and gained) or not before & after):
        yield Delta(Variance.CHANGED, message, "type")
    elif lost:
        yield Delta(Variance.NARROWED, message, "type")
    elif gained:
        yield Delta(Variance.WIDENED, message, "type")


def _said(form: Form) -> str:
    """Return the types of a schema in words, `integer` where numbers must be whole."""
    if form.shapes.keys() >= set(TYPES):
        return "anything"
    return " or ".join("integer" if _whole(form, kind) else kind for kind in form.shapes) or "nothing at all"


def _whole(form: Form, kind: str) -> bool:
    return all("type" in shape.keywords for shape in form.shapes[kind])


RULE: Final = SchemaRule(
    "type",
    "the type of a value changed",
    _check,
    request="Go on accepting the old type: list both under `type`, or offer the new one in a property of its own.",
    response="Go on sending the old type, and offer the new one in a property of its own.",
)
