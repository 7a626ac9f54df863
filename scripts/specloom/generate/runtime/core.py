"""What sessions for threads and for tasks have in common."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http.cookiejar import CookieJar
from typing import Any, Final, NoReturn, TypeVar
from urllib.parse import urlsplit

import httpx

from specloom.generate.runtime.clock import Clock
from specloom.generate.runtime.credentials import Credential, chosen
from specloom.generate.runtime.endpoint import Endpoint
from specloom.generate.runtime.errors import CredentialsError
from specloom.generate.runtime.exchange import Exchange
from specloom.generate.runtime.headers import Raw, encoded, replaced
from specloom.generate.runtime.options import DEFAULTS, CallOptions, RetryPolicy, check_seconds
from specloom.generate.runtime.requests import Form, draft
from specloom.generate.runtime.timeouts import of_seconds

T = TypeVar("T")

_TIMEOUT: Final = 30.0
_ANYTHING: Final = "*/*"


class Core:
    """Makes exchanges; what the arguments mean stands at Session."""

    def __init__(  # noqa: PLR0913 - what there is to choose
        self,
        base_url: str,
        credentials: Mapping[str, Credential],
        *,
        timeout: float | None,
        deadline: float | None,
        retries: RetryPolicy | None,
        headers: Mapping[str, str] | None,
        http_client: httpx.Client | httpx.AsyncClient | None,
        logger_name: str,
        clock: Clock,
    ) -> None:
        check_seconds("timeout", timeout)
        check_seconds("deadline", deadline)
        self.base_url = _base_url(base_url)
        self.clock = clock
        self._client = http_client
        self._credentials = dict(credentials)
        self._timeouts = None if timeout is None and http_client is not None else of_seconds(timeout or _TIMEOUT)
        self._deadline = deadline
        self._retries = RetryPolicy() if retries is None else retries
        self._headers = encoded(headers or {})
        self._defaults = Raw()
        self._logger = logging.getLogger(logger_name)
        # By endpoint. Two threads may make the same form at once: either is right.
        self._forms: dict[Endpoint[Any], Form] = {}
        for credential in self._credentials.values():
            if credential.is_given and credential.is_constant:
                credential.applied()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.base_url!r})"

    def __reduce__(self) -> NoReturn:
        """Refuse to be copied elsewhere."""
        raise TypeError(
            "a client cannot be pickled or copied: it holds credentials and connections; make one where it is needed"
        )

    def use(self, http: httpx.Client | httpx.AsyncClient) -> None:
        """Send what `http`, an httpx client of our own, says of itself and of what it can read."""
        self._defaults = Raw(http.headers.raw)

    def exchange(self, endpoint: Endpoint[T], kwargs: Mapping[str, Any], options: CallOptions | None) -> Exchange[T]:
        """Return a call of `endpoint`. Raises RequestValidationError and CredentialsError when it cannot be made."""
        chosen_options = DEFAULTS if options is None else options
        timeout, deadline = chosen_options.timeout, chosen_options.deadline or self._deadline
        timeouts = self._timeouts if timeout is None else of_seconds(timeout)
        limit = None
        if deadline is not None and deadline != float("inf"):
            limit = self.clock.monotonic() + deadline
            if timeouts is None and self._client is not None:
                timeouts = self._client.timeout.as_dict()
        return Exchange(
            endpoint=endpoint,
            draft=draft(self.base_url, endpoint, kwargs, chosen_options.headers),
            form=self._forms.get(endpoint) or self._form(endpoint),
            client=self._client,
            policy=chosen_options.retries or self._retries,
            timeouts=timeouts,
            limit=limit,
            clock=self.clock,
            logger=self._logger,
        )

    def _form(self, endpoint: Endpoint[Any]) -> Form:
        """Return what all requests of `endpoint` have in common, and keep it."""
        credentials = self._chosen(endpoint)
        applied = tuple(each.applied() for each in credentials if each.is_constant)
        headers = self._defaults
        if self._client is None or self._client.headers.get("accept", _ANYTHING) == _ANYTHING:
            headers = replaced(headers, [(b"Accept", endpoint.accept.encode("ascii"))])
        headers = replaced(headers, self._headers)
        form = Form(
            headers=replaced(headers, [each.as_header for each in applied if each.place == "header"]),
            applied=applied,
            elsewhere=tuple(each for each in applied if each.place != "header"),
            changing=tuple(each for each in credentials if not each.is_constant),
        )
        self._forms[endpoint] = form
        return form

    def _chosen(self, endpoint: Endpoint[Any]) -> tuple[Credential, ...]:
        try:
            return chosen(endpoint.security, self._credentials)
        except CredentialsError:
            if self._client is not None and self._client.auth is not None:
                return ()
            raise


class NoCookies(CookieJar):
    """A cookie jar that keeps nothing: a call must not depend on what calls before it were answered.

    Reading the cookies of odd answers would also make `http.cookiejar` warn of itself.
    """

    def extract_cookies(self, response: object, request: object) -> None:
        """Leave the cookies of an answer alone."""


def _base_url(url: str) -> str:
    """Return `url` without a slash at its end. Raises ValueError when paths cannot be appended to it."""
    parts = urlsplit(url)
    if parts.username is not None or parts.password is not None:
        raise ValueError("the base URL must not hold a user or a password: it goes into logs and errors")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"the base URL must start with http:// or https:// and name a host, not {url!r}")
    if parts.query or parts.fragment or url.endswith(("?", "#")):
        raise ValueError("the base URL must not have a query or a fragment: paths are appended to it")
    try:
        httpx.URL(url)
    except httpx.InvalidURL as error:
        raise ValueError(f"the base URL is not one: {error}") from None
    return url.rstrip("/")
