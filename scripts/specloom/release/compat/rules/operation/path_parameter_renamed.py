"""A variable of the path has another name."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.parts import text
from specloom.release.compat.pairing.requests import moved, parameters
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in parameters(pair):
        was, now = text(each.base, "name"), text(each.revision, "name")
        if each.both and not moved(each) and was != now and text(each.base, "in") == "path":
            why = "a request shows its value only; the argument in the package is judged by the client verdict"
            yield each.change(RULE.id, Severity.NONE, f"it was called {was} and is called {now}", why=why, at="name")


RULE = OperationRule(
    "path-parameter-renamed",
    "A variable of the path has another name.",
    _check,
)
