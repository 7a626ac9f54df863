"""An outcome is answered with another fixed value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.behaviour import outcomes, shown
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.spec import pointer as json_pointer
from specloom.spec.equality import equal


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in outcomes(pair):
        old, new = dict(_fixed(each.old.get("body"))), dict(_fixed(each.new.get("body")))
        for pointer in (pointer for pointer in old if each.both and pointer in new):
            if not equal(old[pointer], new[pointer]):
                yield each.change(
                    RULE.id,
                    Severity.BREAKING,
                    f"{pointer} in the body was {shown(old[pointer])} and is {shown(new[pointer])}",
                    why="clients that tell cases apart by this value take it for another one",
                    remedy="keep the value; say more in a member of its own",
                    at="body",
                )


def _fixed(template: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    # Texts with blanks are for people, and those with `$` are filled in; what is left is what programs look at.
    if isinstance(template, Mapping):
        for name, value in template.items():
            yield from _fixed(value, pointer + json_pointer.join(name))
    elif isinstance(template, list):
        for index, value in enumerate(template):
            yield from _fixed(value, f"{pointer}/{index}")
    elif not (isinstance(template, str) and (" " in template or "$" in template)) and template is not None:
        yield pointer, template


RULE = OperationRule(
    "outcome-body-changed",
    "An outcome is answered with another fixed value.",
    _check,
)
