"""An API key is sent elsewhere or under another name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.security import schemes
from specloom.release.compat.pairs import ApiPair
from specloom.release.compat.rule import ApiRule


def _check(pair: ApiPair) -> Iterator[Change]:
    for each in schemes(pair):
        if (
            each.both
            and each.old.get("type") == each.new.get("type") == "apiKey"
            and _place(each.old) != _place(each.new)
        ):
            yield each.change(
                RULE.id,
                Severity.BREAKING,
                f"the key was sent in {_shown(each.old)} and is sent in {_shown(each.new)}",
                why="the key is not found where clients send it",
                remedy="accept the key in the old place too: a further scheme, named in `security` as an alternative",
                at="name",
            )


def _place(scheme: Mapping[str, Any]) -> tuple[str, str]:
    location, name = str(scheme.get("in", "")), str(scheme.get("name", ""))
    return location, name.lower() if location == "header" else name


def _shown(scheme: Mapping[str, Any]) -> str:
    return f"{scheme.get('in')} {scheme.get('name')}"


RULE = ApiRule(
    "api-key-moved",
    "An API key is sent elsewhere or under another name.",
    _check,
)
