"""Find the credentials of the tenants: in a file, in the environment, or those that the spec gives a sandbox.

A file (`--credentials FILE`) is YAML or JSON in the form of `x-credentials`: a list of `{tenant, token}` or
`{tenant, user, password}`, each with `forbidden: true` where it is genuine and may not call anything. In the
environment, SPECLOOM_TOKEN_NORTH, or SPECLOOM_USER_NORTH with SPECLOOM_PASSWORD_NORTH, are those of the tenant `north`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from specloom.spec import Api, Credential, Document
from specloom.spec.reading import load

PRESUMED: Final = Credential("", token="any-token", user="any-user", password="any-password")  # noqa: S106 - no secret
"""What is sent to a server of a spec without `x-credentials` where nobody gives a credential."""

_MEMBERS: Final = {"tenant": str, "token": str, "user": str, "password": str, "forbidden": bool}
_FORM: Final = "write `- {tenant: north, token: …}` or `- {tenant: north, user: …, password: …}`"


def read_credentials(path: Path) -> tuple[Credential, ...]:
    """Return the credentials in the file at `path`.

    Raises SpecloomError, with file and line and without any value, when it cannot be read or has another form.
    """
    document = load(path, empty=_FORM)
    if not isinstance(document.data, list) or not document.data:
        raise document.error("credentials are a list", "", _FORM)
    return tuple(_credential(document, f"/{index}", entry) for index, entry in enumerate(document.data))


def credentials_of(
    api: Api, given: Iterable[Credential] = (), environment: Mapping[str, str] | None = None
) -> tuple[Credential, ...]:
    """Return the credentials to call `api` with: those given, else those in `environment`, else those of the spec.

    One that was given without a tenant is that of the tenant for which the spec lists it, else of the spec's first.
    Where the spec has none either, one is made up: a sandbox then lets in any that has the right form.
    """
    known = tuple(each for scheme in api.security_schemes.values() for each in scheme.credentials)
    chosen = tuple(given) or credentials_from(api, environment or {})
    presumed = (PRESUMED,) if api.security_schemes else ()
    return tuple(_owned(api, each, known) for each in chosen) or known or presumed


def credentials_from(api: Api, environment: Mapping[str, str]) -> tuple[Credential, ...]:
    """Return the credentials that an environment has for the tenants of the spec."""
    found = []
    for tenant in api.tenants:
        token, user, password = (environment.get(f"SPECLOOM_{name}_{tenant.upper()}") for name in _SECRETS)
        if token or (user and password):
            found.append(Credential(tenant, token or None, user or None, password or None))
    return tuple(found)


_SECRETS: Final = ("TOKEN", "USER", "PASSWORD")


def _owned(api: Api, credential: Credential, known: tuple[Credential, ...]) -> Credential:
    if credential.tenant:
        return credential
    secret = (credential.token, credential.user, credential.password)
    same = next((each for each in known if (each.token, each.user, each.password) == secret), None)
    tenant = next(iter(api.tenants), "")
    return same or Credential(tenant, *secret)


def _credential(document: Document, pointer: str, entry: Any) -> Credential:
    if not isinstance(entry, dict) or not isinstance(entry.get("tenant"), str) or not entry["tenant"]:
        raise document.error("a credential has a tenant", pointer, _FORM)
    for name, value in entry.items():
        if name not in _MEMBERS:
            raise document.error(f"a credential has no member {name!r}", f"{pointer}/{name}", _FORM)
        if not isinstance(value, _MEMBERS[name]) or value == "":
            kind = "true or false" if name == "forbidden" else "text"
            raise document.error(f"{name} is not {kind}", f"{pointer}/{name}", "put it in quotes if it is a number")
    if ("token" in entry) == ("user" in entry or "password" in entry) or ("user" in entry) != ("password" in entry):
        raise document.error("a credential has either a token or both user and password", pointer, _FORM)
    return Credential(**entry)
