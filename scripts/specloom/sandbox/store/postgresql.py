"""Keep a store in PostgreSQL, which sandboxes on several machines may share."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from functools import cache
from typing import Any, Final

from psycopg import AsyncConnection, Connection, Error, OperationalError
from psycopg.errors import DeadlockDetected
from psycopg_pool import AsyncConnectionPool

from specloom.sandbox.store.cutting import Cutter
from specloom.sandbox.store.interface import Entry, Record, StoreError
from specloom.sandbox.store.postgresql_statements import COMMIT, ENTER, GATE, SCHEMA, SERIAL, WATCH
from specloom.sandbox.store.rows import Row, entry_row, json_text
from specloom.sandbox.store.sql import Run, SqlStore
from specloom.sandbox.store.waiting import WaitingEntries
from specloom.spec import Api, SpecloomError

_CONNECTIONS: Final = 10


class PostgresqlStore(SqlStore):
    """A store in the schema `specloom` of a PostgreSQL database, asked through a pool of connections."""

    def __init__(self, url: str, *, is_durable: bool = False, patience: float = 2.0) -> None:
        """Take a URL as libpq has it; lost connections are waited for `patience` seconds.

        With `is_durable` a commit waits for the disk, otherwise the settings of the server say whether it does.
        Raises SpecloomError when the database cannot be used.
        """
        self._url = url
        self._is_durable = is_durable
        self._patience = patience
        self._pool: AsyncConnectionPool | None = None
        self._waiting = WaitingEntries(self._flush_soon)
        self._tasks: set[asyncio.Task[None]] = set()
        self._cutter = Cutter()
        try:
            with Connection.connect(url, autocommit=True, connect_timeout=10) as connection, connection.transaction():
                connection.execute(SERIAL)
                connection.execute(SCHEMA)
        except Error as error:
            raise _unusable(error) from None

    def seed(self, api: Api) -> None:
        """Fill in the seeds of `api` if they are not there yet; seeds that the spec changed replace all its records."""
        # A pool belongs to the event loop that it is opened in; requests are served in another one.
        apart = copy.copy(self)
        apart._pool = None  # noqa: SLF001 - of this very class

        async def seed() -> None:
            try:
                await apart._seed(api)  # noqa: SLF001 - as above
            finally:
                await apart._close_pool()  # noqa: SLF001 - as above

        with ThreadPoolExecutor(1) as executor:
            try:
                executor.submit(asyncio.run, seed()).result()
            except StoreError as error:
                raise _unusable(error) from None

    async def commit(self, changes: Sequence[tuple[Record, dict[str, Any]]], entry: Entry) -> bool:
        """Write the new bodies of all records, and `entry`, in one transaction."""
        ids = [record.id for record, _ in changes]
        versions = [record.version for record, _ in changes]
        if len(set(ids)) < len(ids):
            return False
        row = _sent(entry_row(entry))
        bodies = [json_text(body) for _, body in changes]
        try:
            async with self._connection() as connection:
                cursor = await connection.execute(COMMIT, (ids, versions, bodies, *row))
                is_done = cursor.rowcount == 1
        except StoreError as error:
            if isinstance(error.__cause__, DeadlockDetected):
                return False  # another change of the same records won
            raise
        if is_done:
            self._cut([row])
        return is_done

    async def write(self, entry: Entry) -> None:
        """Add `entry` to the journal, within 50 ms; it is lost when the database fails for long."""
        self._waiting.add(entry_row(entry))

    async def close(self) -> None:
        """Write what is still to be written, and close the connections."""
        await self._flush()
        await self._close_pool()

    async def _close_pool(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            await pool.close()

    def _flush_soon(self) -> None:
        self._start(self._flush())

    async def _flush(self) -> None:
        rows = self._waiting.take()
        if rows:
            try:
                async with self._connection() as connection, connection.transaction():
                    await connection.execute(GATE)
                    await connection.cursor().executemany(ENTER, [_sent(row) for row in rows])
                self._cut(rows)
            except StoreError as error:
                self._waiting.keep(rows, error)

    def _cut(self, rows: Sequence[Row]) -> None:
        for statement, most in self._cutter.due(rows):
            self._start(self._delete(statement, most))

    async def _delete(self, statement: str, most: int) -> None:
        with suppress(StoreError):  # the next time will do
            async with self._connection() as connection:
                await connection.execute(_placed(statement), (most,))

    async def _read(self, statement: str, *parameters: Any) -> list[Any]:
        async with self._connection() as connection:
            cursor = await connection.execute(_placed(statement), parameters)
            return await cursor.fetchall()

    async def _read_journal(self, statement: str, *parameters: Any) -> list[Any]:
        """Return rows of the journal when no entry with a lower number is still to appear."""
        async with self._connection() as connection, connection.transaction():
            await connection.execute(WATCH)
            cursor = await connection.execute(_placed(statement), parameters)
            return await cursor.fetchall()

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Run]:
        async with self._connection() as connection, connection.transaction():

            async def run(statement: str, *parameters: Any) -> list[Any]:
                cursor = await connection.execute(_placed(statement), parameters)
                return await cursor.fetchall() if cursor.description else []

            await connection.execute(SERIAL)
            yield run

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection. Raises StoreError for whatever goes wrong with it."""
        pool = await self._opened()
        try:
            async with pool.connection() as connection:
                yield connection
        except OperationalError as error:
            # The other connections may have been lost too.
            self._start(pool.check())
            raise StoreError(str(error)) from error
        except Error as error:
            raise StoreError(str(error)) from error

    async def _opened(self) -> AsyncConnectionPool:
        if self._pool is None:
            self._pool = AsyncConnectionPool(
                self._url,
                min_size=1,
                max_size=_CONNECTIONS,
                open=False,
                timeout=self._patience,
                # After this time a lost connection is given up, and made when it is asked for.
                reconnect_timeout=self._patience,
                configure=self._configure,
                kwargs={"autocommit": True},
            )
            await self._pool.open()
        return self._pool

    async def _configure(self, connection: AsyncConnection) -> None:
        await connection.execute("SET search_path TO specloom")
        if self._is_durable:
            await connection.execute("SET synchronous_commit TO on")

    def _start(self, coroutine: Any) -> None:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


@cache
def _placed(statement: str) -> Any:
    """Return a statement with parameters as psycopg has them."""
    return statement.replace("?", "%s")


def _sent(row: Row) -> Row:
    """Return an entry without NUL, which no text of PostgreSQL can hold."""
    return tuple(value.replace("\0", "\ufffd") if isinstance(value, str) else value for value in row)


def _unusable(error: Exception) -> SpecloomError:
    return SpecloomError(
        f"the database cannot be used: {str(error).strip()}",
        remedy="start PostgreSQL, or correct --db: postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
    )
