"""Tell from the credentials of a request which tenant sends it."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping, Sequence
from typing import Final

from specloom.sandbox.message import Request
from specloom.spec import Credential, Operation, SecurityScheme

ANYBODY: Final = Credential(tenant="")
"""Who calls an operation that needs no credentials, or an API that names none: no tenant in particular."""


class Guard:
    """Checks credentials as one operation demands them."""

    def __init__(self, operation: Operation, schemes: Mapping[str, SecurityScheme]) -> None:
        """Take the alternatives of `operation.security`; each lists the schemes that are needed together."""
        self._alternatives = [[schemes[name] for name in names] for names in operation.security]
        self._written = _written(self._alternatives)
        named = dict.fromkeys(name for names in operation.security for name in names)
        self._challenges = {
            sent: tuple(dict.fromkeys(_challenge(schemes[name], sent=sent) for name in named)) for sent in (False, True)
        }

    def credential(self, request: Request) -> Credential | None:
        """Return the credential that `request` carries, or None when it is missing or wrong."""
        if not self._alternatives:
            return ANYBODY
        given = request.header_values("authorization")
        if len(given) == 1 and given[0] in self._written:
            return self._written[given[0]]
        for alternative in self._alternatives:
            found = [_find(scheme, request) for scheme in alternative]
            if all(found):
                return next((each for each in found if each and each.tenant), ANYBODY)
        return None

    def challenge(self, request: Request) -> tuple[tuple[str, str], ...]:
        """Return the `WWW-Authenticate` headers that belong to a 401 (RFC 9110, 11.6.1), one for each scheme."""
        sent = bool(request.header_values("authorization"))
        return tuple(("www-authenticate", value) for value in self._challenges[sent])


def _written(alternatives: Sequence[Sequence[SecurityScheme]]) -> dict[str, Credential]:
    """Return the credentials by the `Authorization` header in which nearly all callers write them, if that says all."""
    if len(alternatives) != 1 or len(alternatives[0]) != 1 or alternatives[0][0].type == "apiKey":
        return {}
    scheme = alternatives[0][0]
    found: dict[str, Credential] = {}
    for known in scheme.credentials:
        if scheme.scheme == "basic" and known.user and known.password:
            pair = base64.b64encode(f"{known.user}:{known.password}".encode()).decode()
            found.setdefault(f"Basic {pair}", known)
        elif scheme.scheme in {"bearer", None} and known.token:
            found.setdefault(f"Bearer {known.token}", known)
    return found


def _challenge(scheme: SecurityScheme, *, sent: bool) -> str:
    """Return the challenge of a scheme; `sent` says whether a wrong credential was sent rather than none."""
    match scheme.type, scheme.scheme:
        case "http", "basic":
            return 'Basic realm="sandbox", charset="UTF-8"'  # RFC 7617, 2.1
        case ("http", "bearer") | ("oauth2" | "openIdConnect", _):
            return 'Bearer realm="sandbox"' + (', error="invalid_token"' if sent else "")  # RFC 6750, 3
        case "apiKey", _:
            # No scheme is registered for keys; HTTP asks for a challenge all the same.
            return f'ApiKey realm="sandbox", in="{scheme.location}", name="{scheme.parameter}"'
    return f'{str(scheme.scheme or scheme.type).title()} realm="sandbox"'


def _find(scheme: SecurityScheme, request: Request) -> Credential | None:
    """Return the credential that a request carries under a scheme; any at all where the spec names none."""
    if scheme.type == "mutualTLS":
        return ANYBODY  # the connection would have shown it
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
    return _with_password(scheme, value) if expected == "basic" and scheme.credentials else _with_token(scheme, value)


def _with_token(scheme: SecurityScheme, token: str) -> Credential | None:
    if not scheme.credentials:
        return ANYBODY if token else None
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
