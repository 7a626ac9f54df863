"""Ask the control plane of a sandbox for its records, and reset them; a server without one is no failure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
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
        self._ask("POST", "reset")

    def digest(self) -> Any:
        """Return a digest of all records by kind, which differs when any of them does."""
        return self._ask("GET", "digest").json()["digest"]

    def records(self, kind: str, **query: str) -> Iterator[dict[str, Any]]:
        """Yield the records of `kind`, filtered by `tenant`, `state` and `limit`."""
        for entry in self._ask("GET", f"records/{kind}", query).json()["records"]:
            yield entry["record"]

    def record(self, kind: str, tenant: str, key: str, value: Any) -> dict[str, Any] | None:
        """Return the record of `kind` that has `value` at the pointer `key`."""
        return next(self.records(kind, tenant=tenant, key=key, value=json.dumps(value)), None)

    def _ask(self, method: str, path: str, query: Mapping[str, str] | None = None) -> httpx.Response:
        """Return the answer of the control plane. Raises SpecloomError when it fails in the middle of a campaign."""
        url = f"{self._origin}/_sandbox/{self._api}/{path}"
        try:
            return self._client.request(method, url, params=query).raise_for_status()
        except httpx.HTTPError as error:
            raise SpecloomError(
                f"the control plane failed during the campaign: {str(error) or type(error).__name__}",
                remedy="see whether the server still runs, and start it again",
            ) from None
