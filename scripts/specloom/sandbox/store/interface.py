"""What a store does, whatever database is behind it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar, Final

import attrs

from specloom.spec import Api
from specloom.spec.behaviour import RecordKind

Headers = tuple[tuple[str, str], ...]

MAX_BODY: Final = 64 * 1024
"""How many bytes of a body the journal keeps."""


class StoreError(Exception):
    """The database failed; nothing was written. It may work again the next time."""


@attrs.define
class Record:
    """A record as it was read; `version` counts its changes.

    It is never changed, but frozen classes take several times as long to make.
    """

    id: int
    tenant: str
    version: int
    body: dict[str, Any] = attrs.field(repr=False)


@attrs.define
class Entry:
    """One request and its answer, never changed.

    `number` grows and is given by the store (0 before); `at` is in seconds since the epoch (UTC); `target` is the path
    with the query; bodies are cut at `MAX_BODY`; `changed` has `<kind> <key>` for each record that was changed.
    Credentials are taken out before an entry is made.
    """

    number: int
    at: float
    api: str | None
    operation: str | None
    tenant: str | None
    method: str
    target: str
    request_headers: Headers = attrs.field(repr=False)
    request_body: bytes = attrs.field(repr=False)
    status: int
    response_headers: Headers = attrs.field(repr=False)
    response_body: bytes = attrs.field(repr=False)
    seconds: float
    changed: tuple[str, ...]


class Store(ABC):
    """The records of all APIs, by API, kind and tenant, the seeds to which they can be reset, and the journal.

    Every method may raise StoreError, except `write` and `close`.
    """

    starts_anywhere: ClassVar[bool] = False
    """Whether what waits for the store waits for futures alone, so that it need not run in a task from the start."""

    @abstractmethod
    def seed(self, api: Api) -> None:
        """Fill in the seeds of `api` if they are not there yet; seeds that the spec changed replace all its records.

        This is done before requests are served. Raises SpecloomError when the database cannot be used.
        """

    @abstractmethod
    async def find(self, api: str, kind: str, tenant: str, key: tuple[str, Any]) -> Record | None:
        """Return the tenant's record of `kind` whose member at the pointer `key[0]` is `key[1]`."""

    @abstractmethod
    async def commit(self, changes: Sequence[tuple[Record, dict[str, Any]]], entry: Entry) -> bool:
        """Write the new bodies of all records, and `entry`, in one transaction.

        When any of the records has changed since it was read, nothing is written and False returned.
        """

    @abstractmethod
    async def write(self, entry: Entry) -> None:
        """Add `entry` to the journal, within 50 ms; it is lost when the database fails for long."""

    @abstractmethod
    async def journal(  # noqa: PLR0913 - one filter each
        self,
        *,
        api: str | None = None,
        operation: str | None = None,
        status: int | None = None,
        tenant: str | None = None,
        after: int = 0,
        limit: int = 100,
        newest: bool = False,
    ) -> list[Entry]:
        """Return the entries that pass the filters and whose number is greater than `after`, oldest first.

        If there are more than `limit`, the first of them, or with `newest` the last.
        """

    @abstractmethod
    async def last_entry(self) -> int:
        """Return the number of the last entry of the journal; 0 when there is none."""

    @abstractmethod
    async def records(self, api: str, kind: str, tenant: str | None = None) -> list[tuple[str, dict[str, Any]]]:
        """Return (tenant, body) of the records of `kind`, those of one tenant or of all, oldest first."""

    @abstractmethod
    async def put(self, api: str, kind: RecordKind, tenant: str, body: dict[str, Any]) -> None:
        """Add a record in place of those of the tenant with any of its keys; a reset brings back seeds among them."""

    @abstractmethod
    async def reset(self, api: str) -> None:
        """Bring the records of `api` back to its seeds."""

    @abstractmethod
    async def digest(self, api: str, kind: str) -> str:
        """Return a SHA-256 over the records of `kind`, which differs when any of them does."""

    @abstractmethod
    async def count(self, api: str, kind: str) -> int:
        """Return the number of records of `kind`."""

    @abstractmethod
    async def close(self) -> None:
        """Write what is still to be written, and close the database."""
