"""The credentials of a client, and which of them an operation takes."""

from __future__ import annotations

from collections.abc import Mapping

from specloom.generate.runtime.credentials import Applied, Credential, chosen
from specloom.generate.runtime.endpoint import Endpoint
from specloom.generate.runtime.logs import hide_in_query


class Credentials:
    """The credentials of a client by security scheme; what is given as text is made ready once."""

    __slots__ = ("_chosen", "_given")

    def __init__(self, given: Mapping[str, Credential]) -> None:
        self._given = dict(given)
        self._chosen: dict[str, tuple[tuple[Credential, ...], tuple[Applied, ...] | None]] = {}
        for credential in self._given.values():
            if credential.place == "query":
                hide_in_query(credential.name)

    def needed(self, endpoint: Endpoint[object]) -> tuple[tuple[Credential, ...], tuple[Applied, ...] | None]:
        """Return the credentials for an operation, and what they add if that stays the same.

        Raises CredentialsError.
        """
        known = self._chosen.get(endpoint.id)
        if known is None:
            found = chosen(endpoint.security, self._given)
            constant = all(credential.is_constant for credential in found)
            known = found, tuple(credential.applied() for credential in found) if constant else None
            self._chosen[endpoint.id] = known
        return known

    def __repr__(self) -> str:
        return f"<credentials for {', '.join(self._given) or 'nothing'}>"
