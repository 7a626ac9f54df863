"""Ask the control plane of a sandbox for its records, and reset them; a server without one is no failure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final, Self
from urllib.parse import SplitResult, urlencode, urlunsplit

from specloom.fuzz.presence import demands_token, is_present
from specloom.fuzz.settings import CampaignSettings
from specloom.fuzz.wire import Answer, Headers, HttpWire, NoAnswerError, Request, Wire
from specloom.spec import SpecloomError

_PATIENCE: Final = 60.0


class ControlFailedError(SpecloomError):
    """A control plane answered otherwise than one does: what is behind it is at fault."""


class ControlPlane:
    """The control plane of a server, for one API."""

    _wire: Wire

    def __init__(self, parts: SplitResult, api: str, settings: CampaignSettings) -> None:
        """Take the parts of the base URL, and the settings. Raises SpecloomError as `over` does."""
        origin = urlunsplit((parts.scheme, parts.netloc, "", "", ""))
        with HttpWire(origin, settings.timeout) as wire:
            self._start(wire, api, origin, settings.control_token, is_used=settings.control_plane)
        # How soon it answers is not judged, and a busy machine is no reason to give a campaign up.
        self._wire = HttpWire(origin, max(settings.timeout, _PATIENCE))

    @classmethod
    def over(cls, wire: Wire, api: str, token: str | None = None) -> Self:
        """Return the control plane of the server at the end of `wire`, such as an application in this process.

        Raises SpecloomError when nothing answers there, and when its control plane lets nobody in, or fails.
        """
        control = cls.__new__(cls)
        control._start(wire, api, "the server", token, is_used=True)  # noqa: SLF001 - of this very class
        return control

    def _start(self, wire: Wire, api: str, name: str, token: str | None, *, is_used: bool) -> None:
        self._wire = wire
        self._api = api
        self._name = name
        # Credentials are for the API: the control plane has a token of its own, which is sent to one that demands it.
        self._headers: Headers = ()
        # One that is not used is asked as well: that shows whether the server answers.
        found = self._greeted()
        if is_used and demands_token(found) and token is not None:
            self._headers = (("Authorization", f"Bearer {token}"),)
            found = self._greeted()
        self.available = is_used and is_present(found, api, name, has_token=token is not None)

    def _greeted(self) -> Answer:
        try:
            return self._wire.send(Request("GET", "/_sandbox/", self._headers))
        except NoAnswerError as error:
            raise SpecloomError(
                f"{self._name} does not answer: {error.message}",
                remedy="start the server, or correct --base-url; without it, a sandbox is started for the run",
            ) from None

    @property
    def left_out(self) -> tuple[str, ...]:
        """What a campaign cannot check without a control plane, in words."""
        if self.available:
            return ()
        return (
            "the server has no control plane: records were taken from a list or the seeds of the spec, and not reset",
            "the server has no control plane: that refusals change nothing could not be checked",
        )

    def close(self) -> None:
        """Close the connection."""
        self._wire.close()

    def reset(self) -> None:
        """Bring all records back to the seeds."""
        self._ask("POST", "reset")

    def digest(self) -> Any:
        """Return a digest of all records by kind, which differs when any of them does."""
        told = self._told("digest")
        if not isinstance(told, dict) or "digest" not in told:
            raise _wrong("it told no digest")
        return told["digest"]

    def everything(self, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield (tenant, record) of all records of `kind`."""
        yield from self._entries(f"records/{kind}")

    def records(self, kind: str, **query: str) -> Iterator[dict[str, Any]]:
        """Yield the records of `kind`, filtered by `tenant`, `state` and `limit`."""
        yield from (record for _, record in self._entries(f"records/{kind}?{urlencode(query)}"))

    def record(self, kind: str, tenant: str, key: str, value: Any) -> dict[str, Any] | None:
        """Return the record of `kind` that has `value` at the pointer `key`."""
        return next(self.records(kind, tenant=tenant, key=key, value=json.dumps(value)), None)

    def add(self, kind: str, tenant: str, records: Sequence[dict[str, Any]]) -> None:
        """Add records of `kind`; a reset takes them away again."""
        entries = [{"tenant": tenant, "record": record} for record in records]
        self._ask("POST", f"records/{kind}", json.dumps({"records": entries}).encode())

    def _entries(self, target: str) -> list[tuple[str, dict[str, Any]]]:
        told = self._told(target)
        try:
            found = [(entry["tenant"], entry["record"]) for entry in told["records"]]
        except (KeyError, TypeError):
            raise _wrong("it told the records in another form") from None
        if not all(isinstance(tenant, str) and isinstance(record, dict) for tenant, record in found):
            raise _wrong("it told the records in another form")
        return found

    def _told(self, target: str) -> Any:
        try:
            return json.loads(self._ask("GET", target).body)
        except (ValueError, RecursionError):
            raise _wrong("it answered no JSON") from None

    def _ask(self, method: str, target: str, body: bytes | None = None) -> Answer:
        """Return the answer of the control plane.

        Raises SpecloomError when it gives none, and ControlFailedError when it is that of no control plane.
        """
        try:
            answer = self._wire.send(Request(method, f"/_sandbox/{self._api}/{target}", self._headers, body))
        except NoAnswerError as error:
            raise _failed(error.message) from None
        if answer.status >= 300:  # noqa: PLR2004 - RFC 9110, 15.4
            raise _wrong(f"it answered {answer.status}")
        return answer


class NoControlPlane(ControlPlane):
    """The control plane of a server that is not asked for one."""

    def __init__(self, left_out: str) -> None:
        """Say what cannot be checked."""
        self.available = False
        self._left_out = left_out

    @property
    def left_out(self) -> tuple[str, ...]:
        """What a campaign cannot check without a control plane, in words."""
        return (self._left_out,)

    def close(self) -> None:
        """Close nothing."""


def _failed(reason: str) -> SpecloomError:
    return SpecloomError(
        f"the control plane failed during the campaign: {reason}",
        remedy="see whether the server still runs, and start it again",
    )


def _wrong(reason: str) -> ControlFailedError:
    return ControlFailedError(f"the control plane failed: {reason}", remedy="see what the server logged")
