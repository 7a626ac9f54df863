"""Credentials: where they come from, and where they go in a request. None of them shows in a repr or a pickle."""

from __future__ import annotations

import inspect
from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, Literal, NoReturn, TypeAlias

from attrs import field, frozen

from specloom.generate.runtime.errors import CredentialsError
from specloom.generate.runtime.headers import is_cookie_value, is_header_value, is_plain

Secret: TypeAlias = str | Callable[[], str]
"""A credential, or a function that returns the one that is valid now; it is called for each attempt."""

AsyncSecret: TypeAlias = str | Callable[[], str | Awaitable[str]]
"""Likewise, and the function may be one to be awaited."""

Place = Literal["header", "query", "cookie"]


_FITS: Final[Mapping[Place, Callable[[str], bool]]] = {
    "header": is_header_value,
    "query": is_plain,
    "cookie": is_cookie_value,
}


@frozen
class Applied:
    """What a credential adds to a request: a header, query parameter or cookie; `secrets` is what it was made of."""

    place: Place
    name: str
    value: str = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)

    @property
    def as_header(self) -> tuple[bytes, bytes]:
        """Its name and value as they are sent in a header."""
        return self.name.encode("ascii"), self.value.encode("latin-1")


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
        """Return what it adds to a request now. Raises CredentialsError when there is nothing that can be sent."""
        return self._applied([self._text(self._current(secret)) for secret in self.secrets])

    async def applied_async(self) -> Applied:
        """Return what it adds to a request now, awaiting functions that are to be awaited. Raises CredentialsError."""
        values: list[str] = []
        for secret in self.secrets:
            value = self._current(secret)
            if inspect.isawaitable(value):
                try:
                    value = await value
                except Exception as error:
                    raise self._failed(error) from error
            values.append(self._text(value))
        return self._applied(values)

    def __getstate__(self) -> NoReturn:
        """Refuse to be copied elsewhere."""
        raise TypeError("credentials cannot be pickled; give them anew where they are needed")

    def _current(self, secret: AsyncSecret | None) -> object:
        if not callable(secret):
            return secret
        try:
            return secret()
        except Exception as error:
            raise self._failed(error) from error

    def _failed(self, error: Exception) -> CredentialsError:
        return CredentialsError(f"the function that gives the credential raised {type(error).__name__}; {self.advice}")

    def _text(self, value: object) -> str:
        if isinstance(value, str):
            return value
        if inspect.iscoroutine(value):
            value.close()
            raise CredentialsError("a function that gives a credential and is to be awaited needs the async client")
        raise CredentialsError(f"the credential must be a string, not {type(value).__name__}; {self.advice}")

    def _applied(self, values: Sequence[str]) -> Applied:
        secrets = tuple(value for value in values if value)
        if self.kind == "basic":
            user, password = values
            value = f"Basic {b64encode(f'{user}:{password}'.encode('utf-8', 'replace')).decode('ascii')}"
            # RFC 7617, section 2: no control characters, no colon in the user.
            is_fit = user != "" and ":" not in user and is_plain(user + password)
            return self._checked(Applied("header", "Authorization", value, (*secrets, value[6:])), is_fit=is_fit)
        value = values[0]
        is_fit = value != "" and _FITS[self.place](value)
        if self.kind == "bearer":
            return self._checked(Applied("header", "Authorization", f"Bearer {value}", secrets), is_fit=is_fit)
        return self._checked(Applied(self.place, self.name, value, secrets), is_fit=is_fit)

    def _checked(self, applied: Applied, *, is_fit: bool) -> Applied:
        if is_fit:
            return applied
        # What it is must not be told: it may be all but a line break of the right one.
        raise CredentialsError(f"the credential is empty or has characters that cannot be sent; {self.advice}")


def chosen(security: Sequence[Sequence[str]], credentials: Mapping[str, Any]) -> tuple[Credential, ...]:
    """Return the credentials of the first alternative of `security` of which all are given.

    An operation without alternatives needs none, and one with an empty alternative takes none if no other is complete.
    A scheme that is not among `credentials` is left to the httpx client. Raises CredentialsError when something is
    missing in each alternative.
    """
    complete = [
        alternative
        for alternative in security
        if all(name not in credentials or credentials[name].is_given for name in alternative)
    ]
    if security and not complete:
        wanted = [
            " and ".join(credentials[name].advice for name in alternative if not credentials[name].is_given)
            for alternative in security
        ]
        raise CredentialsError(f"a credential is missing: {', or '.join(dict.fromkeys(wanted))}")
    best = next((alternative for alternative in complete if alternative), ())
    return tuple(credentials[name] for name in best if name in credentials)
