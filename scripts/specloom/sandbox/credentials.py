"""Tell from the credentials of a request which tenant sends it."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping
from typing import Final

from specloom.sandbox.message import Request
from specloom.spec import Credential, Operation, SecurityScheme

ANYBODY: Final = Credential(tenant="")
"""Who calls an operation that needs no credentials: no tenant in particular."""


class Guard:
    """Checks credentials as one operation demands them."""

    def __init__(self, operation: Operation, schemes: Mapping[str, SecurityScheme]) -> None:
        """Take the alternatives of `operation.security`; each lists the schemes that are needed together."""
        self._alternatives = [[schemes[name] for name in names] for names in operation.security]

    def credential(self, request: Request) -> Credential | None:
        """Return the credential that `request` carries, or None when it is missing or wrong."""
        if not self._alternatives:
            return ANYBODY
        for alternative in self._alternatives:
            found = [_find(scheme, request) for scheme in alternative]
            if all(found):
                return found[0] if found else ANYBODY
        return None

    @property
    def challenge(self) -> tuple[tuple[str, str], ...]:
        """The `WWW-Authenticate` header that belongs to a 401 (RFC 9110, 11.6.1); empty for API keys."""
        schemes = [scheme for alternative in self._alternatives for scheme in alternative if scheme.scheme]
        return tuple(("www-authenticate", f'{str(scheme.scheme).title()} realm="sandbox"') for scheme in schemes[:1])


def _find(scheme: SecurityScheme, request: Request) -> Credential | None:
    if scheme.type == "apiKey" and scheme.parameter:
        match scheme.location:
            case "query":
                given = request.query_values(scheme.parameter)
            case "cookie":
                given = request.cookie_values(scheme.parameter)
            case _:
                given = request.header_values(scheme.parameter.lower())
        return _with_token(scheme, given[0]) if len(given) == 1 else None
    given = request.header_values("authorization")
    if len(given) != 1:
        return None
    # The name of a scheme has no case, and one or more spaces follow it (RFC 9110, 11.4).
    name, separator, value = given[0].partition(" ")
    expected = scheme.scheme or "bearer"  # oauth2 and openIdConnect send bearer tokens
    if not separator or name.lower() != expected:
        return None
    value = value.lstrip(" ")
    return _with_password(scheme, value) if expected == "basic" else _with_token(scheme, value)


def _with_token(scheme: SecurityScheme, token: str) -> Credential | None:
    return next((known for known in scheme.credentials if known.token and _same(known.token, token)), None)


def _with_password(scheme: SecurityScheme, value: str) -> Credential | None:
    try:
        user, separator, password = base64.b64decode(value, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, ValueError):
        return None
    for known in scheme.credentials:
        if separator and known.user and known.password and _same(known.user, user) and _same(known.password, password):
            return known
    return None


def _same(left: str, right: str) -> bool:
    return hmac.compare_digest(left.encode(), right.encode("utf-8", "surrogateescape"))
