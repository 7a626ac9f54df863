"""Generate all packages of a folder of specs, on this machine or on a cluster, and see what that takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs

from bench.running import SCRIPTS
from bench.watching import Watch
from specloom.spec import SpecloomError


@attrs.frozen
class Taken:
    """What one run of `specloom generate` took.

    `seconds` passed; processors were used for `own_seconds` by the process that coordinates and for `work_seconds` by
    those that build. `peak` is the memory of all together in MB, `own_peak` that of the one that coordinates and
    `worker_peak` that of the largest other. `built` are the seconds of all packages, one after the other, and `slowest`
    is the name of the API that took longest, and its seconds.
    """

    what: str
    specs: int
    failed: int
    operations: int
    seconds: float
    own_seconds: float
    work_seconds: float
    peak: float
    own_peak: float
    worker_peak: float
    built: float
    slowest: tuple[str, float]

    def as_json(self) -> dict[str, Any]:
        """Return it as values of JSON."""
        return attrs.asdict(self)


def generate(folder: Path, what: str, *options: str, cluster: Watch | None = None) -> Taken:
    """Run `specloom generate --keep-going` in `folder`; `cluster` watches who works, where that is another process."""
    environment = {**os.environ, "PYTHONPATH": str(SCRIPTS)}
    line = [sys.executable, "-m", "specloom", "generate", "--keep-going", "--json", *options]
    started = time.perf_counter()
    with (
        (folder / "out.json").open("wb") as out,
        (folder / "err.txt").open("wb") as err,
        subprocess.Popen(line, cwd=folder, env=environment, stdout=out, stderr=err) as process,  # noqa: S603 - ours
    ):
        watch = Watch(process.pid)
        watch.start()
        process.wait()
        seconds = time.perf_counter() - started
        watch.stop()
    try:
        made: list[dict[str, Any]] = json.loads((folder / "out.json").read_text("utf-8"))
    except ValueError:
        said = (folder / "err.txt").read_text("utf-8").strip().splitlines()
        raise SpecloomError(f"specloom generate failed: {said[-1] if said else process.returncode}") from None
    nothing: dict[str, Any] = {"api": "", "seconds": 0.0}
    slowest = max(made, key=lambda each: float(each["seconds"]), default=nothing)
    workers = {**watch.peaks, **({} if cluster is None else cluster.peaks)}
    work = {**watch.seconds, **({} if cluster is None else cluster.seconds)}
    return Taken(
        what=what,
        specs=len(made),
        failed=(folder / "err.txt").read_text("utf-8").count("error: specs/"),
        operations=sum(each["operations"] for each in made),
        seconds=seconds,
        own_seconds=work.pop(process.pid, 0.0),
        work_seconds=sum(work.values()),
        peak=watch.peak + (0.0 if cluster is None else cluster.peak),
        own_peak=workers.pop(process.pid, 0.0),
        worker_peak=max(workers.values(), default=0.0),
        built=sum(each["seconds"] for each in made),
        slowest=(str(slowest["api"]), float(slowest["seconds"])),
    )


@contextmanager
def running_cluster(workers: int) -> Iterator[tuple[str, Watch]]:
    """Run a Dask cluster; yield the address of its scheduler, and who watches its processes."""
    environment = {**os.environ, "PYTHONPATH": str(SCRIPTS)}
    line = [sys.executable, "-m", "bench.directory.cluster", str(workers)]
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(line, env=environment, text=True, **pipes) as process:  # noqa: S603 - ours
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        said = process.stdout.readline()
        if not said:
            raise SpecloomError("the Dask cluster did not start", remedy="see whether distributed is installed")
        watch = Watch(process.pid)
        watch.start()
        yield json.loads(said)["address"], watch
        watch.stop()
        process.communicate()
