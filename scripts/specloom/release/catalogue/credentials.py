"""Say in words which credentials calls need."""

from __future__ import annotations

import attrs

from specloom.spec import Api, SecurityScheme


@attrs.frozen
class ShownScheme:
    """A security scheme: its name in the spec, what it is in words, and its description."""

    name: str
    words: str
    description: str


def shown_schemes(api: Api) -> tuple[ShownScheme, ...]:
    """Return what is shown of each security scheme."""
    return tuple(
        ShownScheme(each.name, _words(each), api.document.at(each.pointer).get("description", ""))
        for each in api.security_schemes.values()
    )


def needed(api: Api, names: tuple[str, ...]) -> str:
    """Return what a call needs together that has to satisfy all schemes of these `names`."""
    schemes = [api.security_schemes.get(name) for name in names]
    words = [name if scheme is None else _words(scheme) for name, scheme in zip(names, schemes, strict=True)]
    return " and ".join(words) or "no credentials"


def _words(scheme: SecurityScheme) -> str:
    if scheme.type == "apiKey":
        return f"API key {scheme.parameter} ({scheme.location})"
    if scheme.type == "http":
        known = {"basic": "user and password (HTTP Basic)", "bearer": "bearer token"}
        return known.get(scheme.scheme or "", f"HTTP {scheme.scheme}")
    others = {"oauth2": "OAuth 2.0 token", "openIdConnect": "OpenID Connect token", "mutualTLS": "client certificate"}
    return others.get(scheme.type, scheme.type)
