"""Measure how long it takes to make all packages, beside the command lines of the two generators."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
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
    generate([Path(each) for each in sys.argv[2:]], Path(sys.argv[1]))
"""


def measure(runs: int = RUNS) -> Iterator[Figure]:
    """Yield the seconds in which a fresh process makes all packages, none being there, and those of the command lines.

    The command lines run one after the other, both for each spec. Files are in the cache of the disk.
    """
    values: tuple[list[float], list[float]] = ([], [])
    for turn in range(runs + 1):
        for found, run in zip(values, (_ours, _stock), strict=True):
            with TemporaryDirectory() as folder:
                taken = _seconds(run, Path(folder))
            if turn:
                found.append(taken)
    ours, stock = (Sample(tuple(each)) for each in values)
    yield Figure("regenerating", "all packages", "s", ours, "the two command lines", stock, times=TIMES)


def _ours(folder: Path) -> None:
    program = folder / "program.py"
    program.write_text(_OURS, "utf-8")
    specs = [str(spec) for spec in find_specs()]
    subprocess.run([sys.executable, str(program), str(folder / "generated"), *specs], check=True)  # noqa: S603 - ours


def _stock(folder: Path) -> None:
    for spec in find_specs():
        write_stock_client(spec, folder / spec.parent.name)
        write_stock_models(spec, folder / f"{spec.parent.name}.py")


def _seconds(run: Callable[[Path], None], folder: Path) -> float:
    start = time.perf_counter()
    run(folder)
    return time.perf_counter() - start
