"""The credentials of a sandbox that a request may be sent with, as they go over the wire."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from specloom.spec import Api, Credential, Operation, SecurityScheme


def credentials(api: Api, operation: Operation) -> list[dict[str, Any]]:
    """Return each choice: whose it is, what it is, whether it is refused, and what it `sends` (location, name, value).

    Where an operation needs several schemes at once, a choice has a credential of one tenant for each.
    """
    found = []
    for names in operation.security:
        schemes = [api.security_schemes[name] for name in names]
        for tenant in api.tenants:
            for forbidden in (False, True):
                given = [_of(scheme, tenant, forbidden=forbidden) for scheme in schemes]
                if schemes and all(given):
                    pairs = [(scheme, each) for scheme, each in zip(schemes, given, strict=True) if each is not None]
                    found.append(_choice(tenant, pairs, forbidden=forbidden))
    return [choice for index, choice in enumerate(found) if choice not in found[:index]]


def _of(scheme: SecurityScheme, tenant: str, *, forbidden: bool) -> Credential | None:
    known = (each for each in scheme.credentials if each.tenant == tenant and each.forbidden == forbidden)
    return next(known, None)


def _choice(tenant: str, pairs: list[tuple[SecurityScheme, Credential]], *, forbidden: bool) -> dict[str, Any]:
    return {
        "tenant": tenant,
        "forbidden": forbidden,
        "schemes": " and ".join(_kind(scheme) for scheme, _ in pairs),
        "sends": [sent for scheme, credential in pairs for sent in _sent(scheme, credential)],
    }


def _kind(scheme: SecurityScheme) -> str:
    if scheme.type == "apiKey":
        return f"API key {scheme.parameter}"
    return "user and password" if scheme.scheme == "basic" else "bearer token"


def _sent(scheme: SecurityScheme, credential: Credential) -> Iterator[dict[str, str]]:
    if scheme.type == "apiKey":
        yield {"in": scheme.location or "header", "name": scheme.parameter or "", "value": credential.token or ""}
    elif scheme.scheme == "basic":
        pair = f"{credential.user}:{credential.password}".encode()
        yield {"in": "header", "name": "Authorization", "value": f"Basic {base64.b64encode(pair).decode()}"}
    else:
        yield {"in": "header", "name": "Authorization", "value": f"Bearer {credential.token}"}
