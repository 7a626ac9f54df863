"""Ask the control plane of a sandbox for its records, and reset them; a server without one is no failure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import SplitResult, urlunsplit

import httpx

from specloom.spec import SpecloomError


class ControlPlane:
    """The control plane at the origin of a base URL, for one API."""

    def __init__(self, parts: SplitResult, api: str, timeout: float) -> None:
        """Take the parts of the base URL. Raises SpecloomError when nothing answers there."""
        self._origin = urlunsplit((parts.scheme, parts.netloc, "", "", ""))
        self._api = api
        # Credentials are for the API: the control plane needs none, and redirects could carry them elsewhere.
        self._client = httpx.Client(timeout=timeout, trust_env=False)
        self.available = self._find()

    def _find(self) -> bool:
        try:
            found = self._client.get(f"{self._origin}/_sandbox/")
        except httpx.HTTPError as error:
            raise SpecloomError(
                f"{self._origin} does not answer: {str(error) or type(error).__name__}",
                remedy="start the server, or correct --base-url; without it, a sandbox is started for the run",
            ) from None
        try:
            return found.status_code == httpx.codes.OK and self._api in found.json()["apis"]
        except (ValueError, KeyError, TypeError):
            return False

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def reset(self) -> None:
        """Bring all records back to the seeds."""
        self._client.post(self._url("reset")).raise_for_status()

    def digest(self) -> Any:
        """Return a digest of all records by kind, which differs when any of them does."""
        return self._client.get(self._url("digest")).raise_for_status().json()["digest"]

    def records(self, kind: str, **query: str) -> Iterator[dict[str, Any]]:
        """Yield the records of `kind`, filtered by `tenant`, `state` and `limit`."""
        found = self._client.get(self._url(f"records/{kind}"), params=query).raise_for_status()
        for entry in found.json()["records"]:
            yield entry["record"]

    def record(self, kind: str, tenant: str, key: str, value: Any) -> dict[str, Any] | None:
        """Return the record of `kind` that has `value` at the pointer `key`."""
        return next(self.records(kind, tenant=tenant, key=key, value=json.dumps(value)), None)

    def _url(self, path: str) -> str:
        return f"{self._origin}/_sandbox/{self._api}/{path}"
