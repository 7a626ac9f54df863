"""Read and write the credential that a request carries."""

from __future__ import annotations

import base64
import binascii

import attrs

from specloom.fuzz.proof.serving import Asked
from specloom.spec import Credential, SecurityScheme


@attrs.frozen
class Wallet:
    """Reads and writes the credential that a request carries under one security scheme, as text (`user:password`)."""

    scheme: SecurityScheme

    def secret(self, credential: Credential) -> str:
        """Return the secret of a credential."""
        return credential.token or f"{credential.user}:{credential.password}"

    def read(self, asked: Asked, *, any_scheme: bool = False) -> str | None:
        """Return what `asked` carries; None when that is nothing, or under another HTTP scheme."""
        if self.scheme.type == "apiKey":
            return self._key(asked)
        name, _, value = (asked.header("authorization") or "").partition(" ")
        if not name or (name.lower() != self._name and not any_scheme):
            return None
        return _decoded(value) if self._name == "basic" else value.strip()

    def write(self, asked: Asked, secret: str) -> Asked:
        """Return `asked` with `secret` as its only credential."""
        if self.scheme.type == "apiKey":
            return self._with_key(asked, secret)
        value = base64.b64encode(secret.encode()).decode() if self._name == "basic" else secret
        return asked.with_header("authorization", f"{self._name.title()} {value}")

    @property
    def _name(self) -> str:
        return self.scheme.scheme or "bearer"

    def _key(self, asked: Asked) -> str | None:
        name = self.scheme.parameter or ""
        if self.scheme.location == "query":
            pairs = (pair.partition("=") for pair in asked.query.split("&"))
            return next((value for key, _, value in pairs if key == name), None)
        if self.scheme.location == "cookie":
            pairs = (pair.strip().partition("=") for pair in (asked.header("cookie") or "").split(";"))
            return next((value for key, _, value in pairs if key == name), None)
        return asked.header(name.lower())

    def _with_key(self, asked: Asked, secret: str) -> Asked:
        name = self.scheme.parameter or ""
        if self.scheme.location == "query":
            rest = [pair for pair in asked.query.split("&") if pair and pair.partition("=")[0] != name]
            return attrs.evolve(asked, query="&".join([*rest, f"{name}={secret}"]))
        if self.scheme.location == "cookie":
            return asked.with_header("cookie", f"{name}={secret}")
        return asked.with_header(name.lower(), secret)


def _decoded(value: str) -> str | None:
    try:
        return base64.b64decode(value, validate=True).decode()
    except (binascii.Error, ValueError):
        return None
