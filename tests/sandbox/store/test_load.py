"""Under load each record is moved once, and what is answered stays, whatever happens to the server."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from pathlib import Path

from specloom.sandbox import open_store

from .conftest import Run
from .serving import Answer, Call, called, caller, served


def test_two_hundred_callers_cancel_fifty_records_once_each(root: Path, url: str) -> None:
    """Each calls for ten of them, so that forty call for each."""
    calls: list[Call] = [(f"/v1/orders/F237-120723-{number:06}/cancel", b"") for number in range(1, 51)]
    with served(root, "fastpod", url, "--workers", "4") as sandbox:
        answers = called(sandbox.url, [[calls[(start + step) % 50] for step in range(10)] for start in range(200)])
    assert Counter((answer.call, answer.status) for answer in answers) == Counter(
        {(call, status): count for call in calls for status, count in ((200, 1), (422, 39))}
    )
    refusals = {answer.body for answer in answers if answer.status == 422}
    assert [json.loads(body)["errors"] for body in refusals] == [
        {"id": ["An order that is cancelled cannot be cancelled."]}
    ]


def test_what_was_answered_outlives_a_kill_and_no_batch_is_half_done(
    root: Path, tmp_path: Path, url: str, run: Run
) -> None:
    spec = (root / "specs/fuuffy/openapi.yaml").read_text("utf-8")
    more = spec.replace("count: 200\n        start: '3550646'", "count: 800\n        start: '3500001'")
    assert more != spec
    folder = tmp_path / "specs/fuuffy"
    folder.mkdir(parents=True)
    (folder / "openapi.yaml").write_text(more, "utf-8")
    numbers = list(range(3500001, 3500801))
    batches: list[Call] = [("/v1/pickpack/reject", _batch(first, first + 1)) for first in numbers[::2]]
    answers: list[Answer] = []
    with served(tmp_path, "fuuffy", url, "--workers", "2") as sandbox:

        async def load_and_kill() -> None:
            calling = [asyncio.create_task(caller(sandbox.url, batches[start::20], answers)) for start in range(20)]
            while len(answers) < 100:  # noqa: ASYNC110 - answers are no event
                await asyncio.sleep(0)
            sandbox.kill()
            await asyncio.gather(*calling)

        asyncio.run(load_and_kill())
    assert {answer.status for answer in answers} == {200}
    store = open_store(url)
    states = {int(body["order_id"]): body["status"] for _, body in run(store.records("fuuffy", "pickpack", "north"))}
    done = {first for first in numbers[::2] if states[first] == "PICKPACK_REJECTED"}
    assert done == {first for first in numbers[::2] if states[first + 1] == "PICKPACK_REJECTED"}
    acknowledged = {int(json.loads(answer.call[1])["orders"][0]["order_id"]) for answer in answers}
    assert acknowledged <= done
    entered = [entry.changed for entry in run(store.journal(limit=10_000, status=200))]
    assert Counter(entered) == Counter((f"pickpack {first}", f"pickpack {first + 1}") for first in done)
    run(store.close())
    with served(tmp_path, "fuuffy", url) as sandbox:
        again = called(sandbox.url, [[answer.call for answer in answers[:5]]])
    assert [answer.status for answer in again] == [400] * 5


def _batch(*numbers: int) -> bytes:
    orders = [{"order_id": str(number), "type": "OTHERS", "reject_reason": "Parcel damaged"} for number in numbers]
    return json.dumps({"orders": orders}).encode()


def test_workers_that_die_are_replaced(root: Path, tmp_path: Path) -> None:
    calls: list[Call] = [("/v1/orders/F237-120723-000001/cancel", b"")]
    with served(root, "fastpod", str(tmp_path / "sandbox.db"), "--workers", "2") as sandbox:
        assert [answer.status for answer in called(sandbox.url, [calls])] == [200]
        assert sandbox.kill_workers() == 2
        assert [answer.status for answer in called(sandbox.url, [calls])] == [422]


def test_what_was_refused_is_in_the_journal_when_the_server_has_stopped(root: Path, tmp_path: Path, run: Run) -> None:
    db = str(tmp_path / "sandbox.db")
    with served(root, "fastpod", db) as sandbox:
        called(sandbox.url, [[("/v1/orders/F237/cancel?a=b", b"")]])
    store = open_store(db)
    (entry,) = run(store.journal())
    assert (entry.status, entry.target, entry.tenant) == (422, "/v1/orders/F237/cancel?a=b", "north")
    assert ("authorization", "[redacted]") in entry.request_headers
    run(store.close())
