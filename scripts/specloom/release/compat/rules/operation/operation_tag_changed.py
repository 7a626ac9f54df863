"""An operation has other tags."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity, Side
from specloom.release.compat.pairing.match import Match
from specloom.release.compat.pairing.parts import fields, strings
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    was = strings(fields(pair.base).get("tags"))
    now = strings(fields(pair.revision).get("tags"))
    if was != now:
        match = Match(Side.API, pair.label, "tags", pair.base, pair.revision)
        message = f"the tags were {', '.join(was) or 'none'} and are {', '.join(now) or 'none'}"
        why = "no request shows them; the groups of methods in the package are judged by the client verdict"
        yield match.change(RULE.id, Severity.NONE, message, why=why, at="tags")


RULE = OperationRule(
    "operation-tag-changed",
    "An operation has other tags.",
    _check,
)
