"""A flow of OAuth has another URL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.parts import text
from specloom.release.compat.pairing.security import flow_matches
from specloom.release.compat.pairs import ApiPair
from specloom.release.compat.rule import ApiRule
from specloom.release.compat.variance import Variance

_URLS: Final = ("authorizationUrl", "deviceAuthorizationUrl", "refreshUrl", "tokenUrl")


def _check(pair: ApiPair) -> Iterator[Change]:
    for each in flow_matches(pair):
        for name in _URLS:
            was, now = text(each.base, name), text(each.revision, name)
            if each.both and now and not was:
                yield each.change(RULE.id, Variance.EXTENDED, f"{name} is given now: {now}", at=name)
            elif each.both and was != now:
                yield each.change(
                    RULE.id,
                    Severity.BREAKING,
                    f"{name} was {was} and is {now or 'no longer given'}",
                    why="clients ask for tokens at the old URL",
                    remedy="keep the old URL working, as with a redirect, and say so in the description",
                    at=name,
                )


RULE = ApiRule(
    "oauth-url-changed",
    "A flow of OAuth has another URL.",
    _check,
)
