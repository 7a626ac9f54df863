"""Write a request of the machine as it goes over the wire, with the credential of a tenant."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlencode

from specloom.fuzz.live import Parts
from specloom.fuzz.machine.calls import Pass
from specloom.spec import Api, Credential, Operation, SecurityScheme
from specloom.spec.expression import ABSENT

Headers = tuple[tuple[str, str], ...]


class Passes:
    """The credentials of all tenants, as headers, query parameters or cookies of a request."""

    def __init__(self, api: Api, credentials: Iterable[Credential]) -> None:
        """Take the credentials to use."""
        self._api = api
        self._credentials = tuple(credentials)
        self.tenants = tuple(dict.fromkeys(each.tenant for each in self._credentials if not each.forbidden))

    def has(self, kind: Pass, operation: Operation, tenant: str) -> bool:
        """Say whether `tenant` can send a credential of that kind to `operation`."""
        return self.of(kind, operation, tenant) is not None

    def of(self, kind: Pass, operation: Operation, tenant: str) -> tuple[Headers, Headers] | None:
        """Return the headers and the query parameters that carry a credential; None when there is no such credential.

        The simplest alternative of `security` is met for which there are credentials.
        """
        if not operation.security:
            return ((), ()) if kind == "own" else None
        for names in sorted(operation.security, key=len):
            schemes = [self._api.security_schemes[name] for name in names]
            found = [self._credential(scheme, tenant, forbidden=kind == "forbidden") for scheme in schemes]
            if not schemes or any(credential is None for credential in found):
                continue
            headers: Headers = ()
            query: Headers = ()
            for scheme, credential in zip(schemes, found, strict=True):
                if credential is not None and kind != "missing":
                    more = _carried(scheme, _altered(credential) if kind == "altered" else credential)
                    headers, query = headers + more[0], query + more[1]
            return headers, query
        return None

    def _credential(self, scheme: SecurityScheme, tenant: str, *, forbidden: bool) -> Credential | None:
        is_basic = scheme.scheme == "basic"
        return next(
            (
                each
                for each in self._credentials
                if (each.tenant, each.forbidden) == (tenant, forbidden)
                and (each.user if is_basic else each.token) is not None
            ),
            None,
        )


def _altered(credential: Credential) -> Credential:
    """Return a credential that differs from a genuine one in its last character."""
    return Credential(
        credential.tenant,
        None if credential.token is None else credential.token + "x",
        credential.user,
        None if credential.password is None else credential.password + "x",
    )


def _carried(scheme: SecurityScheme, credential: Credential) -> tuple[Headers, Headers]:
    if scheme.scheme == "basic":
        pair = f"{credential.user}:{credential.password}".encode()
        return (("Authorization", "Basic " + base64.b64encode(pair).decode()),), ()
    token = str(credential.token)
    if scheme.type != "apiKey" or scheme.parameter is None:
        return (("Authorization", f"Bearer {token}"),), ()
    if scheme.location == "query":
        return (), ((scheme.parameter, token),)
    if scheme.location == "cookie":
        return (("Cookie", f"{scheme.parameter}={token}"),), ()
    return ((scheme.parameter, token),), ()


def target_of(operation: Operation, parts: Parts, query: Headers) -> str:
    """Return path and query of a request, percent-encoded."""
    path = operation.path
    for name, value in parts.path.items():
        path = path.replace(f"{{{name}}}", quote(str(value), safe=""))
    pairs = [(name, _text(value)) for name, value in parts.query.items()] + list(query)
    return f"{path}?{urlencode(pairs, quote_via=quote)}" if pairs else path


def body_of(parts: Parts) -> bytes | None:
    """Return the body of a request as JSON."""
    return None if parts.body is ABSENT else json.dumps(parts.body, ensure_ascii=False).encode()


def headers_of(operation: Operation, parts: Parts, credential: Headers) -> Headers:
    """Return the headers of a request."""
    given = tuple((name, _text(value)) for name, value in parts.headers.items())
    if parts.body is ABSENT or operation.body is None:
        return (*given, *credential)
    return (*given, *credential, ("Content-Type", operation.body.media_types[0].name))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
