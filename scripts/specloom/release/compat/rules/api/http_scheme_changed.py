"""A security scheme uses another scheme of HTTP."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.security import schemes
from specloom.release.compat.pairs import ApiPair
from specloom.release.compat.rule import ApiRule


def _check(pair: ApiPair) -> Iterator[Change]:
    for each in schemes(pair):
        was, now = str(each.old.get("scheme", "")).lower(), str(each.new.get("scheme", "")).lower()
        if each.both and each.old.get("type") == each.new.get("type") == "http" and was != now:
            yield each.change(
                RULE.id,
                Severity.BREAKING,
                f"the HTTP scheme was {was} and is {now}",
                why="the header Authorization that clients send is not accepted any more",
                remedy="declare a further scheme, and name it in `security` as an alternative to the old one",
                at="scheme",
            )


RULE = ApiRule(
    "http-scheme-changed",
    "A security scheme uses another scheme of HTTP.",
    _check,
)
