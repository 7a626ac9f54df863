"""discriminator: the member that tells alternatives apart, and what its values mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.comparing.forms import Form, tag
from specloom.release.compat.comparing.reading import map_at, text_at
from specloom.release.compat.pairs import FormPair
from specloom.release.compat.rule import Delta, SchemaRule
from specloom.release.compat.rules.families import wording
from specloom.release.compat.variance import Variance


def _check(pair: FormPair) -> Iterator[Delta]:
    before, after = (map_at(form.notes, "discriminator") for form in (pair.base, pair.revision))
    if not before or not after:
        return  # what a discriminator adds to the alternatives, or takes from them, is theirs to say
    old, new = text_at(before, "propertyName"), text_at(after, "propertyName")
    if old != new:
        message = f"the member that tells alternatives apart was {old!r} and is {new!r}"
        yield Delta(Variance.CHANGED, message, "discriminator", accepted=Variance.SAME)
        return
    meant, means = map_at(before, "mapping"), map_at(after, "mapping")
    for value in sorted(meant.keys() & means.keys()):
        if _name(meant[value]) != _name(means[value]):
            message = f"the tag {value!r} meant {_name(meant[value])} and means {_name(means[value])}"
            yield Delta(Variance.CHANGED, message, "discriminator", accepted=Variance.SAME)
    if _constant(pair.base, old) and _constant(pair.revision, new):
        return  # each alternative says itself which tag it has
    if lost := meant.keys() - means.keys():
        message = f"these tags are gone: {wording.names(lost)}"
        yield Delta(Variance.NARROWED, message, "discriminator", accepted=Variance.SAME)
    if gained := means.keys() - meant.keys():
        message = f"these tags are new: {wording.names(gained)}"
        yield Delta(Variance.WIDENED, message, "discriminator", accepted=Variance.SAME)


def _name(reference: object) -> str:
    return str(reference).rpartition("/")[2]


def _constant(form: Form, name: str | None) -> bool:
    """Say whether every alternative has one value only for the member `name`."""
    return all(name in dict(tag(shape)) for shape in form.shapes.get("object", ()))


RULE: Final = SchemaRule(
    "discriminator",
    "what tells alternatives apart changed",
    _check,
    request="Keep the member, and the meaning of its values; add values for what is new.",
    response="Keep the member, and the meaning of its values.",
)
