"""Measure how long it takes to make all packages, beside the command lines of the two generators."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.figure import Figure, Sample
from bench.stock import write_stock_client, write_stock_models
from specloom.spec import find_specs

RUNS: Final = 5
TIMES: Final = 0.5

_OURS: Final = """
import sys
from pathlib import Path
from specloom.generate import generate
if __name__ == "__main__":
    jobs = int(sys.argv[2]) or None
    generate([Path(each) for each in sys.argv[3:]], Path(sys.argv[1]), jobs=jobs)
"""


def measure(runs: int = RUNS) -> Iterator[Figure]:
    """Yield the seconds in which a fresh process makes all packages, none being there, and those of the command lines.

    The command lines run one after the other, both for each spec. Files are in the cache of the disk. Besides, the
    seconds of processors, which what else the machine does changes less: all of ours are then used by one process.
    """
    ours: list[tuple[float, float]] = []
    alone: list[tuple[float, float]] = []
    stock: list[tuple[float, float]] = []
    for turn in range(runs + 1):
        for found, run in ((ours, _ours), (alone, partial(_ours, jobs=1)), (stock, _stock)):
            with TemporaryDirectory() as folder:
                taken = _seconds(run, Path(folder))
            if turn:
                found.append(taken)
    peer = "the two command lines"
    for what, index, made in (("all packages", 0, ours), ("all packages, time of processors", 1, alone)):
        first, second = (Sample(tuple(each[index] for each in found)) for found in (made, stock))
        yield Figure("regenerating", what, "s", first, peer, second, times=TIMES)


def _ours(folder: Path, jobs: int = 0) -> None:
    program = folder / "program.py"
    program.write_text(_OURS, "utf-8")
    specs = [str(spec) for spec in find_specs()]
    arguments = [str(program), str(folder / "generated"), str(jobs), *specs]
    subprocess.run([sys.executable, *arguments], check=True)  # noqa: S603 - ours


def _stock(folder: Path) -> None:
    for spec in find_specs():
        write_stock_client(spec, folder / spec.parent.name)
        write_stock_models(spec, folder / f"{spec.parent.name}.py")


def _seconds(run: Callable[[Path], None], folder: Path) -> tuple[float, float]:
    """Return the seconds that passed, and those that the processes of `run` used processors for."""
    start, used = time.perf_counter(), _used()
    run(folder)
    return time.perf_counter() - start, _used() - used


def _used() -> float:
    times = os.times()
    return times.children_user + times.children_system
