"""Turn the security schemes that operations use into arguments of the client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from openapi_python_client.strings import snake_case

from specloom.generate.facade.naming import environment_prefix
from specloom.generate.facade.plan import Credential, CredentialInput, CredentialKind
from specloom.spec import Api, SecurityScheme

_WHAT: Final = {
    "token": "Bearer token",
    "api_key": "API key",
    "user": "User name",
    "password": "Password",
}


def credentials(api: Api) -> tuple[Credential, ...]:
    """Return the credentials that the operations of `api` take, in the order of its security schemes.

    A token is given as `token`, a key as `api_key`, a user as `user` and `password`; where two schemes are of one
    kind, the name of the scheme takes the place of `token` or `api_key`, and goes before `user` and `password`. A
    scheme that no argument can hold, such as a client certificate, is left to the httpx client.
    """
    used = {name for operation in api.operations for alternative in operation.security for name in alternative}
    schemes = [scheme for scheme in api.security_schemes.values() if scheme.name in used]
    kinds = [_kind(scheme) for scheme in schemes]
    return tuple(
        Credential(scheme, kind, tuple(_inputs(api, scheme, kind, alone=kinds.count(kind) == 1)))
        for scheme, kind in zip(schemes, kinds, strict=True)
        if kind is not None
    )


def _kind(scheme: SecurityScheme) -> CredentialKind | None:
    if scheme.type == "apiKey":
        return "key"
    if scheme.type == "http" and scheme.scheme == "basic":
        return "basic"
    is_bearer = scheme.type in {"oauth2", "openIdConnect"} or (scheme.type == "http" and scheme.scheme == "bearer")
    return "bearer" if is_bearer else None


def _inputs(api: Api, scheme: SecurityScheme, kind: CredentialKind, *, alone: bool) -> Iterator[CredentialInput]:
    description = " ".join(str(api.document.at(scheme.pointer).get("description", "")).split())
    for what in {"bearer": ("token",), "basic": ("user", "password"), "key": ("api_key",)}[kind]:
        name = what if alone else snake_case(scheme.name) + (f"_{what}" if kind == "basic" else "")
        variable = f"{environment_prefix(api)}_{name.upper()}"
        text = f"{_WHAT[what]}." if what == "password" or not description else f"{_WHAT[what]}. {description}"
        yield CredentialInput(name, variable, text)
