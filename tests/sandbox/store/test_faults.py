"""A database that fails is answered with 503 in the documented shape of errors, and used again when it works."""

from __future__ import annotations

import asyncio
import base64
import json
import resource
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from specloom.sandbox import Sandbox, open_store
from specloom.sandbox.message import Reply, Request
from specloom.sandbox.store import Store, StoreError
from specloom.sandbox.store.postgresql import PostgresqlStore
from specloom.sandbox.store.sqlite import SqliteStore
from specloom.spec import Api, Schemas, SpecloomError

from .cluster import Cluster
from .conftest import Run

TOKEN = (("authorization", "Bearer sandbox-north-token"),)
BASIC = "Basic " + base64.b64encode(b"sandbox-north:sandbox-north-secret").decode()
CREDENTIALS = dict.fromkeys(("fastpod", "fuuffy", "ppl"), TOKEN) | {"hypertrack": (("authorization", BASIC),)}


def _cancel(run: Run, sandbox: Sandbox, number: int) -> Reply:
    reply = run(sandbox.handle(Request("POST", f"/v1/orders/F237-120723-{number:06}/cancel", headers=TOKEN)))
    assert isinstance(reply, Reply)
    return reply


def _is_unavailable(api: Api, reply: Reply) -> bool:
    response = api.operations[0].responses["500"]
    body = json.loads(reply.body)
    return (
        reply.status == 503
        and ("retry-after", "1") in reply.headers
        and Schemas(api.document).validator(response.media_types[0].schema_pointer or "").is_valid(body)
    )


@pytest.mark.parametrize("name", ["fastpod", "fuuffy", "hypertrack", "ppl"])
def test_the_answer_has_the_shape_of_a_documented_error(
    load: Callable[[str], Api], name: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That of 503 or another server error; where the spec has none, that of errors of the caller."""
    api = load(name)
    store = open_store()
    sandbox = Sandbox([api], store)

    async def fail(*_: object) -> None:
        raise StoreError("gone")

    monkeypatch.setattr(store, "find", fail)
    for operation in api.operations:
        example = operation.body.media_types[0].examples[-1].value if operation.body else None
        path = operation.path.replace("{id}", "1").replace("{order_handle}", "1")
        sent = (*CREDENTIALS[name], ("content-type", "application/json"))
        query = "orderReference=ORD-000001" if name == "ppl" else ""
        reply = run(sandbox.handle(Request("POST", path, query, sent, json.dumps(example).encode())))
        documented = [response for status, response in operation.responses.items() if status[0] == "5"]
        documented = documented or [operation.responses["401"]]
        assert isinstance(reply, Reply)
        assert reply.status == 503
        assert ("retry-after", "1") in reply.headers
        assert dict(reply.headers)["content-type"] in {each.media_types[0].name for each in documented}
        validators = [Schemas(api.document).validator(each.media_types[0].schema_pointer or "") for each in documented]
        assert any(validator.is_valid(json.loads(reply.body)) for validator in validators)
    entries = run(store.journal())
    assert [entry.status for entry in entries] == [503] * len(api.operations)


def test_a_full_disk_is_said_so_and_what_was_written_stays(
    load: Callable[[str], Api], tmp_path: Path, run: Run
) -> None:
    api = load("fastpod")
    store = SqliteStore(tmp_path / "sandbox.db")
    sandbox = Sandbox([api], store)
    connection = store._database.db  # noqa: SLF001 - as no disk of the tests is full
    connection.execute("PRAGMA max_page_count = 1")  # the size that it has
    replies = [_cancel(run, sandbox, number) for number in range(1, 101)]
    statuses = [reply.status for reply in replies]
    full = statuses.index(503)
    assert _is_unavailable(api, replies[full])
    assert set(statuses) == {200, 503}
    connection.execute("PRAGMA max_page_count = 1000000")
    again = [_cancel(run, sandbox, number).status for number in range(1, 101)]
    assert again == [{200: 422, 503: 200}[status] for status in statuses]
    changed = [name for entry in run(store.journal(status=200, limit=1000)) for name in entry.changed]
    assert sorted(changed) == [f"order F237-120723-{number:06}" for number in range(1, 101)]
    run(store.close())


def test_a_write_that_fails_is_said_so(load: Callable[[str], Api], tmp_path: Path, run: Run) -> None:
    """Here because no file may become longer, an error of the disk to SQLite."""
    api = load("fastpod")
    store = SqliteStore(tmp_path / "sandbox.db")
    sandbox = Sandbox([api], store)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        reply = _cancel(run, sandbox, 1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert _is_unavailable(api, reply)
    assert [_cancel(run, sandbox, 1).status for _ in range(2)] == [200, 422]
    run(store.close())


def test_a_locked_database_is_waited_for_and_then_said_so(load: Callable[[str], Api], tmp_path: Path, run: Run) -> None:
    api = load("fastpod")
    store = SqliteStore(tmp_path / "sandbox.db", patience=0.1)
    sandbox = Sandbox([api], store)
    other = sqlite3.connect(tmp_path / "sandbox.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def both() -> list[Reply]:
        """Cancel a record, and ask for one that there is not, which needs no writing."""
        paths = ("/v1/orders/F237-120723-000001/cancel", "/v1/orders/F237/cancel")
        return await asyncio.gather(*(sandbox.handle(Request("POST", path, headers=TOKEN)) for path in paths))

    cancelled, unknown = run(both())
    assert _is_unavailable(api, cancelled)
    assert unknown.status == 422
    other.execute("ROLLBACK")
    assert _cancel(run, sandbox, 1).status == 200
    other.execute("BEGIN IMMEDIATE")

    async def released() -> Reply:
        asyncio.get_running_loop().call_later(0.01, other.execute, "ROLLBACK")
        reply = await sandbox.handle(Request("POST", "/v1/orders/F237-120723-000002/cancel", headers=TOKEN))
        assert isinstance(reply, Reply)
        return reply

    assert run(released()).status == 200
    other.close()
    run(store.close())


def test_a_damaged_file_is_said_so_and_read_again_when_it_is_mended(
    load: Callable[[str], Api], tmp_path: Path, run: Run
) -> None:
    api = load("fastpod")
    path = tmp_path / "sandbox.db"
    run(_seeded(path, api).close())
    store = SqliteStore(path)
    sandbox = Sandbox([api], store)
    good = path.read_bytes()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (len(good) - 4096))
    assert _is_unavailable(api, _cancel(run, sandbox, 1))
    path.write_bytes(good)
    assert [_cancel(run, sandbox, 1).status for _ in range(2)] == [200, 422]
    run(store.close())


def _seeded(path: Path, api: Api) -> Store:
    store = open_store(str(path))
    store.seed(api)
    return store


def test_lost_connections_to_postgresql_are_said_so_and_made_again(
    load: Callable[[str], Api], cluster: Cluster, postgresql: str, run: Run
) -> None:
    api = load("fastpod")
    store = PostgresqlStore(postgresql, patience=0.2)
    sandbox = Sandbox([api], store)
    assert _cancel(run, sandbox, 1).status == 200
    cluster.stop()
    try:
        assert all(_is_unavailable(api, _cancel(run, sandbox, number)) for number in (1, 2))
        with pytest.raises(SpecloomError, match="database cannot be used"):
            open_store(postgresql)
    finally:
        cluster.start()
    statuses = [_cancel(run, sandbox, 2).status]
    while statuses[-1] == 503:
        statuses.append(_cancel(run, sandbox, 2).status)
    assert statuses[-1] == 200
    assert [_cancel(run, sandbox, number).status for number in (1, 2)] == [422, 422]
    run(store.close())


def test_a_connection_to_postgresql_that_is_cut_costs_no_record(
    load: Callable[[str], Api], cluster: Cluster, postgresql: str, run: Run
) -> None:
    api = load("fastpod")
    store = open_store(postgresql)
    sandbox = Sandbox([api], store)
    assert _cancel(run, sandbox, 1).status == 200
    cluster.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    statuses = [_cancel(run, sandbox, 2).status for _ in range(3)]
    assert statuses in ([503, 200, 422], [200, 422, 422])
    run(store.close())
