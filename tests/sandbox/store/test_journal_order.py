"""Who follows the journal in PostgreSQL misses no entry, although numbers are given before they are committed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import psycopg

from specloom.sandbox import open_store
from specloom.sandbox.store.postgresql_statements import ENTER, GATE
from specloom.sandbox.store.rows import entry_row
from specloom.spec import Api

from .conftest import Run
from .test_stores import ENTRY

_WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


def test_an_entry_that_is_not_committed_yet_is_waited_for(
    postgresql: str, load: Callable[[str], Api], run: Run
) -> None:
    store = open_store(postgresql)
    store.seed(load("ppl"))

    async def read() -> list[int]:
        record = await store.find("ppl", "order", "north", ("/orderReference", "ORD-000001"))
        assert record is not None
        async with await psycopg.AsyncConnection.connect(postgresql, options="-c search_path=specloom") as other:
            await other.execute(GATE)
            await other.execute(ENTER, entry_row(ENTRY))
            assert await store.commit([(record, record.body)], ENTRY)
            reading = asyncio.create_task(store.journal())
            while not reading.done() and (await (await other.execute(_WAITING)).fetchone()) == (0,):  # noqa: ASYNC110 - a lock is no event
                await asyncio.sleep(0)
            await other.commit()
            return [entry.number for entry in await reading]

    assert run(read()) == [1, 2]
    run(store.close())
