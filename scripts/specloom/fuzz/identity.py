"""Say which spec and which credentials a campaign was about, without a secret."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from specloom.fuzz import curl
from specloom.fuzz.result import KnownCredential
from specloom.spec import Api, Credential


def digest_of(api: Api) -> str:
    """Return a digest of the contents of a spec."""
    return hashlib.sha256(json.dumps(api.document.data, sort_keys=True).encode()).hexdigest()[:16]


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
