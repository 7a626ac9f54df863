"""A security scheme has another discovery URL of OpenID Connect."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.parts import text
from specloom.release.compat.pairing.security import schemes
from specloom.release.compat.pairs import ApiPair
from specloom.release.compat.rule import ApiRule


def _check(pair: ApiPair) -> Iterator[Change]:
    for each in schemes(pair):
        was, now = text(each.base, "openIdConnectUrl"), text(each.revision, "openIdConnectUrl")
        if each.both and was and now and was != now:
            yield each.change(
                RULE.id,
                Severity.BREAKING,
                f"openIdConnectUrl was {was} and is {now}",
                why="clients ask for tokens where the old URL tells them to",
                remedy="keep the old URL working, as with a redirect, and say so in the description",
                at="openIdConnectUrl",
            )


RULE = ApiRule(
    "open-id-url-changed",
    "A security scheme has another discovery URL of OpenID Connect.",
    _check,
)
