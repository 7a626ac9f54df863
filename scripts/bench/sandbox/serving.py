"""Start a server as its users do, and see how long it takes and how much memory it has."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import attrs

from specloom.spec import Api, SpecloomError

_PATIENCE: Final = 60.0
_PAUSE: Final = 0.002


@attrs.frozen
class Server:
    """A server that runs: its URL, its process, and the seconds from its start to its first answer."""

    url: str
    process: int
    seconds: float

    def memory(self) -> float:
        """Return the resident memory of the process and its children in megabytes (1,000,000 bytes)."""
        return sum(map(_resident, _family(self.process))) * 1024 / 1e6


@contextmanager
def ours(folder: Path, api: Api, first: bytes, *options: str) -> Iterator[Server]:
    """Serve the API whose spec stands in `folder`/specs with the sandbox."""
    port = _free_port()
    command = [sys.executable, "-m", "specloom", "sandbox", api.name, "--port", str(port), *options]
    with _serving(command, folder, port, first) as server:
        yield server


@contextmanager
def prism(program: Path, folder: Path, api: Api, first: bytes) -> Iterator[Server]:
    """Serve the same spec with Prism."""
    port = _free_port()
    spec = folder / "specs" / api.name / "openapi.yaml"
    command = [str(program), "mock", "--port", str(port), "--errors=false", "--verboseLevel=silent", str(spec)]
    with _serving(command, folder, port, first) as server:
        yield server


def write_spec(folder: Path, api: Api, seeds: dict[str, Any] | None = None) -> None:
    """Write the spec of an API to `folder`/specs, with other seeds for the kinds of records that `seeds` names."""
    data = json.loads(json.dumps(api.document.data))
    for kind, groups in (seeds or {}).items():
        data["x-records"][kind]["seeds"] = groups
    path = folder / "specs" / api.name / "openapi.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), "utf-8")


@contextmanager
def _serving(command: Sequence[str], folder: Path, port: int, first: bytes) -> Iterator[Server]:
    started = time.perf_counter()
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)  # noqa: S603 - ours, or Prism
    try:
        while not _answers(port, first):
            if process.poll() is not None or time.perf_counter() - started > _PATIENCE:
                said = (folder / "server.log").read_text("utf-8", "replace").strip()
                raise SpecloomError(f"{Path(command[0]).name} does not serve: {said[-500:]}")
            time.sleep(_PAUSE)
        yield Server(f"http://127.0.0.1:{port}", process.pid, time.perf_counter() - started)
    finally:
        process.terminate()
        process.wait()


def _answers(port: int, request: bytes) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE) as connection:
            connection.sendall(request)
            return connection.recv(12).startswith(b"HTTP/1.1 ")
    except OSError:
        return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _family(process: int) -> Iterator[int]:
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in task.read_text("ascii").split():
            yield from _family(int(child))


def _resident(process: int) -> int:
    """Return the resident memory of one process in KiB (proc(5), VmRSS)."""
    status = Path(f"/proc/{process}/status").read_text("ascii", "replace")
    return int(status.partition("VmRSS:")[2].split()[0])
