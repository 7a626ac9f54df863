"""Measure how long it takes until a fresh interpreter has imported a package, and until it has made a call."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import attrs

from bench.calls import calls
from bench.figure import Figure, Sample
from bench.packages import Pair

RUNS: Final = 15
TIMES: Final = 1.1

_TIMED: Final = """
import sys, time
sys.path[:0] = {paths!r}
start = time.perf_counter()
{code}
print((time.perf_counter() - start) * 1000)
"""


def measure(pairs: Sequence[Pair], runs: int = RUNS) -> Iterator[Figure]:
    """Yield milliseconds for the import of each client class, and with a first call answered in process."""
    for pair in pairs:
        made = calls(pair)
        imported = _figure(pair, "import", made.ours.imported, made.stock.imported, runs)
        yield attrs.evolve(imported, times=TIMES)
        ours, stock = (f"{code.setup}\n{code.call}" for code in (made.ours, made.stock))
        yield _figure(pair, "import and first call", ours, stock, runs)


def _figure(pair: Pair, what: str, ours: str, stock: str, runs: int) -> Figure:
    values: tuple[list[float], list[float]] = ([], [])
    # In turn, so that a busy machine is so for both; the first of each leaves its compiled modules.
    for turn in range(runs + 1):
        for found, folder, code in zip(values, (pair.ours, pair.stock), (ours, stock), strict=True):
            taken = _milliseconds(folder, code)
            if turn:
                found.append(taken)
    first, second = (Sample(tuple(each)) for each in values)
    return Figure(what, pair.api.name, "ms", first, "stock client", second)


def _milliseconds(folder: Path, code: str) -> float:
    program = _TIMED.format(paths=[str(folder)], code=code)
    done = subprocess.run(  # noqa: S603 - this Python, with code of ours
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    return float(done.stdout)
