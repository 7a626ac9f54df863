"""A security scheme is of another type."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.security import schemes
from specloom.release.compat.pairs import ApiPair
from specloom.release.compat.rule import ApiRule


def _check(pair: ApiPair) -> Iterator[Change]:
    for each in schemes(pair):
        if each.both and each.old.get("type") != each.new.get("type"):
            yield each.change(
                RULE.id,
                Severity.BREAKING,
                f"the type was {each.old.get('type')} and is {each.new.get('type')}",
                why="credentials of the old type are not accepted any more",
                remedy="declare a further scheme, and name it in `security` as an alternative to the old one",
                at="type",
            )


RULE = ApiRule(
    "security-scheme-type-changed",
    "A security scheme is of another type.",
    _check,
)
