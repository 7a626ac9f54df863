"""Write a request as a curl line without its secrets."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Final

import attrs

from specloom.spec import Credential

_INCIDENTAL: Final = frozenset(
    {"accept", "accept-encoding", "connection", "content-length", "user-agent", "x-schemathesis-testcaseid"}
)
_MAX_MESSAGE: Final = 2000
_MAX_ARGUMENT: Final = 100_000


@attrs.frozen
class Redactor:
    """Takes the secrets of a credential out of texts; `authorization` is the header that carries it, if one does."""

    credential: Credential = attrs.field(repr=False)
    authorization: str | None = attrs.field(default=None, repr=False)

    def text(self, text: str) -> str:
        """Return `text` with each secret replaced, and cut to a length that people read."""
        for secret in (self.authorization, self.credential.token, self.credential.password):
            if secret:
                text = text.replace(secret, "[redacted]")
        return text if len(text) <= _MAX_MESSAGE else text[:_MAX_MESSAGE] + " …"

    def curl(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> str:
        """Return a curl line for a request; the shell fills the secrets in from SPECLOOM_… variables."""
        parts = ["curl", "--globoff", "--path-as-is", "--request", method, *self._header_options(headers)]
        if body and len(body) > _MAX_ARGUMENT:
            # More than the kernel takes as one argument: the shell hands it over as standard input.
            return " ".join([*parts, "--data-binary", "@-", self._word(url), f"<<'BODY'\n{_text(body)}\nBODY"])
        if body:
            parts += ["--data-binary", _quoted_body(body)]
        return " ".join([*parts, self._word(url)])

    def _header_options(self, headers: Mapping[str, str]) -> list[str]:
        options = []
        for name, value in headers.items():
            if name.lower() in _INCIDENTAL:
                continue
            if value == self.authorization:
                options.append(self._authorization_option())
            else:
                options += ["--header", self._word(f"{name}: {value}" if value else f"{name};")]
        return options

    def _authorization_option(self) -> str:
        if self.credential.user:
            return '--user "$SPECLOOM_USER:$SPECLOOM_PASSWORD"'
        return '--header "Authorization: Bearer $SPECLOOM_TOKEN"'

    def _word(self, text: str) -> str:
        """Return `text` as one word of the shell, with a variable in the place of each secret."""
        for secret, variable in (
            (self.credential.token, "SPECLOOM_TOKEN"),
            (self.credential.password, "SPECLOOM_PASSWORD"),
        ):
            if secret and secret in text:
                return f'"${variable}"'.join(shlex.quote(part) if part else "" for part in text.split(secret))
        return shlex.quote(text)


def _text(body: bytes) -> str:
    return body.decode("utf-8", "replace")


def _quoted_body(body: bytes) -> str:
    try:
        return shlex.quote(body.decode("utf-8"))
    except UnicodeDecodeError:
        return "$'" + "".join(f"\\x{byte:02x}" for byte in body) + "'"
