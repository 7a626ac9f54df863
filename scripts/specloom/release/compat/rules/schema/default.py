"""default: what a request means that leaves the value out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.change import Side
from specloom.release.compat.pairs import FormPair
from specloom.release.compat.rule import Delta, SchemaRule
from specloom.release.compat.rules.families import wording
from specloom.release.compat.variance import Variance
from specloom.spec.equality import equal


def _check(pair: FormPair) -> Iterator[Delta]:
    before, after = pair.base.notes, pair.revision.notes
    if pair.side is not Side.REQUEST:
        return  # what is sent is sent in full: there a default is documentation
    if "default" not in before:
        if "default" in after:
            message = f"the default {wording.value(after['default'])} is new"
            yield Delta(Variance.EXTENDED, message, "default", accepted=Variance.SAME)
    elif "default" not in after or not equal(before["default"], after["default"]):
        now = f"is {wording.value(after['default'])}" if "default" in after else "there is none"
        message = f"the default was {wording.value(before['default'])} and now {now}"
        why = "A client that leaves the value out is treated differently than before, and gets no error that says so."
        yield Delta(Variance.CHANGED, message, "default", why, accepted=Variance.SAME)


RULE: Final = SchemaRule(
    "default",
    "the default of a value in a request changed",
    _check,
    request="Keep the default, and let clients ask for the new behaviour by sending the value.",
    response="",
)
