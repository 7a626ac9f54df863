"""What every store does, in memory, in a file and in PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from specloom.sandbox import open_store
from specloom.sandbox.store import Entry, Record, Store
from specloom.spec import Api

from .conftest import Run

ENTRY = Entry(
    0, 1700000000.25, "fuuffy", "cancelPickup", "north", "POST", "/v1?a=\xe9", (("host", "a: b"), ("x-empty", "")),
    b"\x00\xff", 200, (("content-type", "application/json"),), b"{}", 0.5, ("pickup 3570983",),
)  # fmt: skip
KEYS = [("/order_id", number) for number in ("3570983", "3570984")]


@pytest.fixture
def seeded(store: Store, load: Callable[[str], Api]) -> Store:
    """A store with the seeds of an API."""
    store.seed(load("fuuffy"))
    return store


def _find(run: Run, store: Store, key: tuple[str, Any]) -> Record:
    record = run(store.find("fuuffy", "pickup", "north", key))
    assert isinstance(record, Record)
    return record


def test_a_record_is_found_by_its_key_and_tenant(seeded: Store, run: Run) -> None:
    assert _find(run, seeded, KEYS[0]).body["order_id"] == "3570983"
    assert run(seeded.find("fuuffy", "pickup", "south", KEYS[0])) is None
    assert run(seeded.find("fuuffy", "pickup", "north", ("/order_id", 3570983))) is None


def test_a_change_and_its_entry_are_written_together(seeded: Store, run: Run) -> None:
    record = _find(run, seeded, KEYS[0])
    assert run(seeded.commit([(record, {**record.body, "status": "DELIVERED"})], ENTRY))
    assert _find(run, seeded, KEYS[0]).body["status"] == "DELIVERED"
    assert run(seeded.journal()) == [attrs.evolve(ENTRY, number=1)]


def test_a_record_that_changed_since_it_was_read_undoes_the_whole_change(seeded: Store, run: Run) -> None:
    first, second = (_find(run, seeded, key) for key in KEYS)
    assert run(seeded.commit([(second, {**second.body, "status": "DELIVERED"})], ENTRY))
    before = run(seeded.records("fuuffy", "pickup"))
    changes = [(first, {**first.body, "status": "DRAFT"}), (second, second.body)]
    assert not run(seeded.commit(changes, ENTRY))
    assert run(seeded.records("fuuffy", "pickup")) == before
    assert len(run(seeded.journal())) == 1


def test_a_record_named_twice_is_not_changed(seeded: Store, run: Run) -> None:
    record = _find(run, seeded, KEYS[0])
    assert not run(seeded.commit([(record, {**record.body, "status": "DRAFT"})] * 2, ENTRY))
    assert _find(run, seeded, KEYS[0]) == record


def test_of_simultaneous_changes_one_is_made(seeded: Store, run: Run) -> None:
    """Those that share a transaction do not share their fate."""
    first, second = (_find(run, seeded, key) for key in KEYS)

    async def race() -> list[bool]:
        changes = [[(first, {**first.body, "note": str(number)}), (second, second.body)] for number in range(20)]
        return await asyncio.gather(*(seeded.commit(change, ENTRY) for change in changes))

    assert sorted(run(race())) == [False] * 19 + [True]
    assert [_find(run, seeded, key).version for key in KEYS] == [1, 1]
    assert len(run(seeded.journal())) == 1


def test_a_reset_brings_back_the_seeds_and_removes_what_was_added(
    seeded: Store, load: Callable[[str], Api], run: Run
) -> None:
    seeds = run(seeded.records("fuuffy", "pickup"))
    digest = run(seeded.digest("fuuffy", "pickup"))
    record = _find(run, seeded, KEYS[0])
    run(seeded.commit([(record, {**record.body, "status": "DELIVERED"})], ENTRY))
    run(seeded.put("fuuffy", load("fuuffy").records["pickup"], "north", {**record.body, "order_id": "7"}))
    assert run(seeded.count("fuuffy", "pickup")) == len(seeds) + 1
    assert run(seeded.digest("fuuffy", "pickup")) != digest
    run(seeded.reset("fuuffy"))
    assert run(seeded.records("fuuffy", "pickup")) == seeds
    assert run(seeded.digest("fuuffy", "pickup")) == digest


def test_a_change_read_before_a_reset_is_not_made_after_it(seeded: Store, run: Run) -> None:
    record = _find(run, seeded, KEYS[0])
    assert run(seeded.commit([(record, record.body)], ENTRY))
    changed = _find(run, seeded, KEYS[0])
    run(seeded.reset("fuuffy"))
    assert not run(seeded.commit([(changed, changed.body)], ENTRY))


def test_a_reset_brings_back_a_seed_that_was_replaced(store: Store, load: Callable[[str], Api], run: Run) -> None:
    """Whichever of its keys the record that took its place shares with it."""
    api = load("ppl")
    kind = api.records["order"]
    store.seed(api)
    before = run(store.records("ppl", "order"))
    tenant, first = before[0]
    run(store.put("ppl", kind, tenant, {**first, "state": "collected"}))
    run(store.put("ppl", kind, tenant, {**first, "customerReference": "CUST-000002"}))
    assert run(store.count("ppl", "order")) == len(before) - 1
    run(store.reset("ppl"))
    assert run(store.records("ppl", "order")) == before
    assert run(store.find("ppl", "order", tenant, ("/customerReference", first["customerReference"]))) is not None


def test_a_key_may_be_long(store: Store, load: Callable[[str], Api], run: Run) -> None:
    """Longer than an index of PostgreSQL holds."""
    api = load("ppl")
    store.seed(api)
    keys = ["x" * 9000 + end for end in ("a", "b")]
    for key in keys:
        body = {"customerReference": key, "orderReference": key, "state": "ordered"}
        run(store.put("ppl", api.records["order"], "north", body))
    for key in keys:
        assert run(store.find("ppl", "order", "north", ("/orderReference", key))).body["orderReference"] == key


def test_seeds_are_filled_in_once(seeded: Store, load: Callable[[str], Api], run: Run) -> None:
    record = _find(run, seeded, KEYS[0])
    run(seeded.commit([(record, {**record.body, "status": "DELIVERED"})], ENTRY))
    seeded.seed(load("fuuffy"))
    assert _find(run, seeded, KEYS[0]).body["status"] == "DELIVERED"


def test_entries_are_read_in_order_and_filtered(store: Store, run: Run) -> None:
    given = [
        ENTRY,
        attrs.evolve(ENTRY, status=404, changed=()),
        attrs.evolve(ENTRY, tenant="south"),
        attrs.evolve(ENTRY, api=None, operation=None, tenant=None, status=404),
    ]

    async def write() -> None:
        for entry in given:
            await store.write(entry)

    run(write())

    def numbers(**filters: Any) -> list[int]:
        return [entry.number for entry in run(store.journal(**filters))]

    assert run(store.journal()) == [attrs.evolve(entry, number=i) for i, entry in enumerate(given, start=1)]
    assert run(store.last_entry()) == 4
    assert numbers(after=2) == [3, 4]
    assert numbers(limit=2) == [1, 2]
    assert numbers(limit=2, newest=True) == [3, 4]
    assert numbers(status=404) == [2, 4]
    assert numbers(api="fuuffy", operation="cancelPickup", tenant="south") == [3]
    assert numbers(api="ppl") == []


async def _cut(store: Store) -> None:
    """Write what waits, and wait for what cuts off the oldest entries."""
    await store.last_entry()
    await asyncio.gather(*getattr(store, "_tasks", ()))


def test_the_journal_keeps_the_newest_entries(store: Store, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("specloom.sandbox.store.cutting.MAX_ENTRIES", 150)

    async def write() -> None:
        for number in range(1200):
            await store.write(attrs.evolve(ENTRY, target=f"/{number}"))
            if number % 100 == 99:
                await store.last_entry()

    run(write())
    run(_cut(store))
    entries = run(store.journal(limit=10_000))
    assert entries[-1].target == "/1199"
    assert [int(entry.target[1:]) for entry in entries] == list(range(1200 - len(entries), 1200))
    assert 150 <= len(entries) < 1200


def test_the_journal_keeps_no_more_bytes_of_bodies_than_it_may(
    store: Store, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("specloom.sandbox.store.cutting.MAX_BYTES", 3000)
    monkeypatch.setattr("specloom.sandbox.store.cutting._BYTES_STEP", 10_000)

    async def write() -> None:
        for number in range(100):
            await store.write(
                attrs.evolve(ENTRY, target=f"/{number}", request_body=b"a" * 990, response_body=b"b" * 10)
            )
        await store.last_entry()
        await asyncio.sleep(0.05)  # PostgreSQL cuts after it has told the number

    run(write())
    assert [entry.target for entry in run(store.journal())] == ["/97", "/98", "/99"]


def test_an_empty_journal_has_no_last_entry(store: Store, run: Run) -> None:
    assert run(store.last_entry()) == 0
    assert run(store.journal()) == []


def test_readers_of_the_journal_miss_no_entry(url: str, load: Callable[[str], Api], run: Run) -> None:
    """Entries that several connections write at once appear in the order of their numbers."""
    stores = [open_store(url) for _ in range(3)]
    stores[0].seed(load("ppl"))

    async def follow(writing: asyncio.Future[list[None]]) -> list[int]:
        seen: list[int] = []
        while True:
            is_last = writing.done()
            entries = await stores[0].journal(after=seen[-1] if seen else 0, limit=1000)
            seen += [entry.number for entry in entries]
            if is_last:
                return seen
            await asyncio.sleep(0)

    async def write(store: Store, numbers: range) -> None:
        for number in numbers:
            record = await store.find("ppl", "order", "north", ("/orderReference", f"ORD-{number:06}"))
            assert record is not None
            assert await store.commit([(record, record.body)], ENTRY)

    async def both() -> list[int]:
        parts = [(store, range(start, 201, 4)) for start, store in enumerate([*stores[1:], *stores[1:]], start=1)]
        writing = asyncio.gather(*(write(*part) for part in parts))
        seen = await follow(writing)
        await writing
        return seen

    seen = run(both())
    assert len(seen) == len(set(seen)) == 200
    for store in stores:
        run(store.close())
