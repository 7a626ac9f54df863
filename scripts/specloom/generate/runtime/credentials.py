"""Credentials: where they come from, and where they go in a request. None of them shows in a repr."""

from __future__ import annotations

import inspect
from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Literal, TypeAlias

from attrs import field, frozen

from specloom.generate.runtime.errors import CredentialsError
from specloom.generate.runtime.headers import is_header_value

Secret: TypeAlias = str | Callable[[], str]
"""A credential, or a function that returns the one that is valid now; it is called for each attempt."""

AsyncSecret: TypeAlias = str | Callable[[], str | Awaitable[str]]
"""Likewise, and the function may be one to be awaited."""

Place = Literal["header", "query", "cookie"]


@frozen
class Applied:
    """What a credential adds to a request: the value of a header, a query parameter or a cookie."""

    place: Place
    name: str
    value: str = field(repr=False)


@frozen
class Credential:
    """The credential of a security scheme.

    `kind` is `bearer` (RFC 6750), `basic` (RFC 7617; user and password) or `key`, an API key at `place` under `name`.
    `advice` says how to give it. `secrets` holds what was given, None for each part that was not.
    """

    kind: Literal["bearer", "basic", "key"]
    advice: str
    secrets: tuple[AsyncSecret | None, ...] = field(repr=False)
    place: Place = "header"
    name: str = "Authorization"

    @property
    def is_given(self) -> bool:
        """Whether all its parts were given."""
        return all(secret is not None for secret in self.secrets)

    @property
    def is_constant(self) -> bool:
        """Whether it stays the same for as long as the client lives."""
        return all(isinstance(secret, str) for secret in self.secrets)

    def applied(self) -> Applied:
        """Return what it adds to a request now. Raises CredentialsError when it cannot be sent."""
        return self._applied(
            [_plain(secret if isinstance(secret, str) else _called(secret)) for secret in self.secrets]
        )

    async def applied_async(self) -> Applied:
        """Return what it adds to a request now, awaiting functions that are to be awaited. Raises CredentialsError."""
        values: list[str] = []
        for secret in self.secrets:
            value = secret if isinstance(secret, str) else _called(secret)
            values.append(_plain(await value if inspect.isawaitable(value) else value))
        return self._applied(values)

    def _applied(self, values: Sequence[str]) -> Applied:
        if not all(values) or not all(is_header_value(value) and value == value.strip() for value in values[:1]):
            raise CredentialsError(f"the credential is empty or has characters that cannot be sent; {self.advice}")
        if self.kind == "bearer":
            return Applied("header", "Authorization", f"Bearer {values[0]}")
        if self.kind == "basic":
            user, password = values
            if ":" in user:
                raise CredentialsError("a user name for HTTP Basic has no colon (RFC 7617, section 2)")
            return Applied("header", "Authorization", f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}")
        return Applied(self.place, self.name, values[0])


def chosen(security: Sequence[Sequence[str]], credentials: Mapping[str, Credential]) -> tuple[Credential, ...]:
    """Return the credentials of the first alternative of `security` that are all given.

    An operation without alternatives needs none. Raises CredentialsError when something is missing in each of them.
    """
    if not security:
        return ()
    for alternative in security:
        found = [credentials[name] for name in alternative]
        if all(credential.is_given for credential in found):
            return tuple(found)
    missing = [credentials[name].advice for name in security[0] if not credentials[name].is_given]
    raise CredentialsError(f"a credential is missing; {'; '.join(missing)}")


def _called(secret: AsyncSecret | None) -> str | Awaitable[str]:
    if secret is None or isinstance(secret, str):  # pragma: no cover - `chosen` leaves these out
        return secret or ""
    return secret()


def _plain(value: object) -> str:
    """Return `value` if it is text; without saying what it is otherwise."""
    if isinstance(value, str):
        return value
    if inspect.iscoroutine(value):
        value.close()
    raise CredentialsError(
        "a function that gives a credential must return text; one to be awaited needs the async client"
    )
