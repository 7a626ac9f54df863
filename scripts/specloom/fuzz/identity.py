"""Say which credentials a campaign was about, without a secret."""

from __future__ import annotations

from collections.abc import Sequence

from specloom.fuzz import curl
from specloom.fuzz.result import KnownCredential
from specloom.spec import Api, Credential


def in_spec(api: Api) -> tuple[Credential, ...]:
    """Return the credentials that the spec gives a sandbox, in its order."""
    return tuple(each for scheme in api.security_schemes.values() for each in scheme.credentials)


def known_credentials(api: Api, credentials: Sequence[Credential]) -> tuple[KnownCredential, ...]:
    """Return what may be said about credentials, in the order in which placeholders number them."""
    listed = in_spec(api)
    return tuple(
        KnownCredential(each.tenant, name, each.forbidden, listed.index(each) if each in listed else None)
        for each, name in zip(credentials, curl.variables(credentials), strict=True)
    )
