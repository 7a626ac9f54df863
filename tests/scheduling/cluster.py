"""A Dask cluster of this machine, in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import attrs
import distributed


@attrs.frozen
class Cluster:
    """The address of a scheduler, and the processes of its workers."""

    address: str
    workers: tuple[subprocess.Popen[str], ...]


@contextmanager
def running(folder: Path, python_path: str, *, workers: int) -> Iterator[Cluster]:
    """Run a scheduler and workers that import what is in `python_path`; they leave their files in `folder`."""
    with ExitStack() as stack:

        def start(*command: str) -> subprocess.Popen[str]:
            process = subprocess.Popen(
                [sys.executable, "-m", *command],
                env={**os.environ, "PYTHONPATH": python_path},
                cwd=folder,
                stderr=subprocess.PIPE,
                text=True,
            )
            stack.callback(_end, process)
            return process

        scheduler = start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        assert scheduler.stderr is not None
        address = next(line.split()[-1] for line in scheduler.stderr if "Scheduler at:" in line)
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder))
        started = tuple(start("distributed.cli.dask_worker", address, *options) for _ in range(workers))
        if started:
            client: Any = distributed.Client  # it has no types
            with client(address, set_as_default=False) as client:
                client.wait_for_workers(workers)
        yield Cluster(address, started)


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()
