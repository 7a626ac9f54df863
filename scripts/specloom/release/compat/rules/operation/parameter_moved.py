"""A parameter is in another place of the request."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.parts import text
from specloom.release.compat.pairing.requests import moved, parameters
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in parameters(pair):
        if moved(each):
            yield each.change(
                RULE.id,
                Severity.BREAKING,
                f"it was in the {text(each.base, 'in')} and is in the {text(each.revision, 'in')}",
                why="it is not looked for where clients send it",
                remedy="accept it in the old place too, there with `deprecated: true`",
                at="in",
            )


RULE = OperationRule(
    "parameter-moved",
    "A parameter is in another place of the request.",
    _check,
)
