"""Records outlive the process, come back to their seeds, and change all together or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from specloom.sandbox import RunningSandbox, Sandbox, SandboxProcess, open_store
from specloom.sandbox.store import Entry
from specloom.spec import Api, SpecloomError

ENTRY = Entry(0, 0.0, None, None, None, "POST", "/", (), b"", 200, (), b"", 0.0, ())
HEADERS = {"authorization": "Bearer sandbox-north-token"}


def test_records_outlive_the_sandbox(load: Callable[[str], Api], tmp_path: Path) -> None:
    path = "/v1/orders/F237-120723-000001/cancel"
    statuses = []
    for _ in range(2):
        store = open_store(str(tmp_path / "sandbox.db"))
        with RunningSandbox(Sandbox([load("fastpod")], store)) as sandbox:
            statuses.append(httpx.post(sandbox.url + path, headers=HEADERS).status_code)
        asyncio.run(store.close())
    assert statuses == [200, 422]


@pytest.mark.parametrize("content", [b"this is no database", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(SpecloomError, match="database cannot be used"):
        open_store(str(path))
    assert path.read_bytes() == content


def test_a_database_in_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SpecloomError, match="database cannot be used"):
        open_store(str(tmp_path / "missing" / "sandbox.db"))


def test_of_many_cancels_at_once_exactly_one_succeeds(root: Path) -> None:
    with SandboxProcess([root / "specs/fastpod/openapi.yaml"]) as sandbox, httpx.Client(headers=HEADERS) as client:

        def cancel(number: int) -> tuple[int, int]:
            return number, client.post(f"{sandbox.url}/v1/orders/F237-120723-{number:06}/cancel").status_code

        with ThreadPoolExecutor(16) as pool:
            answers = list(pool.map(cancel, [number for number in range(1, 11) for _ in range(20)]))
    for number in range(1, 11):
        assert sorted(status for asked, status in answers if asked == number) == [200] + [422] * 19


def test_two_sandboxes_on_one_file_cancel_a_record_once(load: Callable[[str], Api], tmp_path: Path) -> None:
    path = tmp_path / "sandbox.db"
    with (
        RunningSandbox(Sandbox([load("fastpod")], open_store(str(path)))) as one,
        RunningSandbox(Sandbox([load("fastpod")], open_store(str(path)))) as two,
        httpx.Client(headers=HEADERS) as client,
    ):

        def cancel(url: str) -> int:
            return client.post(f"{url}/v1/orders/F237-120723-000001/cancel").status_code

        with ThreadPoolExecutor(8) as pool:
            statuses = list(pool.map(cancel, [one.url, two.url] * 20))
    assert sorted(statuses) == [200] + [422] * 39
