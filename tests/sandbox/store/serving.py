"""Sandboxes served by the command line, and callers that keep them busy."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import attrs

TOKEN = "sandbox-north-token"

Call = tuple[str, bytes]
"""The target of a POST, and its body."""


@attrs.frozen
class Answer:
    """What a call was answered."""

    call: Call
    status: int
    body: bytes


@attrs.frozen
class Served:
    """A sandbox that is served from processes of its own."""

    url: str
    _process: subprocess.Popen[str]

    def kill(self) -> None:
        """End all its processes without a warning, as `kill -9` does."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(30)

    def kill_workers(self) -> int:
        """End its worker processes in the same way; return how many there were."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        workers = [each for each in children if b"spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes()]
        for each in workers:
            os.kill(int(each), signal.SIGKILL)
        return len(workers)


@contextmanager
def served(folder: Path, api: str, db: str, *options: str) -> Iterator[Served]:
    """Serve an API whose spec is below `folder`, for as long as the block lasts."""
    line = [sys.executable, "-m", "specloom", "sandbox", api, "--port", "0", "--db", db, *options]
    environment = {**os.environ, "COLUMNS": "200"}
    with subprocess.Popen(
        line, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://[\d.]+:\d+", process.stdout.readline())
            assert found, "it did not start"
            yield Served(found[0], process)
        finally:
            process.terminate()
            process.wait(30)


async def caller(url: str, calls: Iterable[Call], answers: list[Answer]) -> None:
    """Make calls one after the other over one connection until the server breaks it."""
    host, port = url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        for call in calls:
            answers.append(await _answer(reader, writer, call))  # noqa: PERF401 - it is looked at meanwhile
    except (ConnectionError, asyncio.IncompleteReadError):
        return
    finally:
        writer.close()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, call: Call) -> Answer:
    target, body = call
    head = f"POST {target} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {TOKEN}\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    lines = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = re.search(rb"\r\ncontent-length: (\d+)", lines)
    assert length
    return Answer(call, int(lines.split()[1]), await reader.readexactly(int(length[1])))


def called(url: str, callers: Sequence[Iterable[Call]]) -> list[Answer]:
    """Return the answers to callers that call at once."""
    answers: list[Answer] = []

    async def call() -> None:
        await asyncio.gather(*(caller(url, calls, answers) for calls in callers))

    asyncio.run(call())
    return answers
