"""Load a server with wrk."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import attrs

from bench.sandbox.serving import Server
from specloom.spec import SpecloomError

CONNECTIONS: Final = 32

_SCRIPT: Final = Path(__file__).parent / "load.lua"


@attrs.frozen
class Load:
    """What came of a load: requests, the seconds that they took, percentiles of latency in ms, and refusals."""

    requests: int
    seconds: float
    p50: float
    p99: float
    broken: int
    refused: int

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds


def write_requests(requests: Iterable[bytes], path: Path) -> Path:
    """Write the requests of a load to a file; return it."""
    with path.open("wb") as file:
        for request in requests:
            file.write(request + b"\x01")
    return path


def load(server: Server, requests: Path, seconds: int, connections: int = CONNECTIONS) -> Load:
    """Send the requests of a file over and over for `seconds`. Raises SpecloomError when wrk is not there or fails."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SpecloomError("there is no wrk to load a server with", remedy="install wrk (apt-get install wrk)")
    line = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(_SCRIPT), server.url, str(requests)]
    done = subprocess.run(line, capture_output=True, text=True, check=False)  # noqa: S603 - wrk itself
    if done.returncode:
        raise SpecloomError(f"wrk failed: {done.stderr.strip()[-300:]}")
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    result = Load(**found)
    if result.broken:
        raise SpecloomError(f"{result.broken} of {result.requests} requests got no answer")
    return result
