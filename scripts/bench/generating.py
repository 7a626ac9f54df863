"""Measure what it takes to make packages of many specs and of a large one, beside the stock command lines."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bench.figure import Figure, Sample
from bench.large import OPERATIONS, large_spec
from bench.running import SCRIPTS, Run, python, run
from bench.stock import write_stock_client, write_stock_models
from bench.watching import Watch
from specloom.spec import SpecloomError, find_specs

RUNS: Final = 5
SPECS: Final = 20
SECONDS: Final = 3.0
TIMES: Final = 1.3
MEMORY: Final = 400.0
"""Megabytes."""

_GROUP: Final = "generating"
_LINES: Final = "the two command lines"
_STOCK: Final = "openapi-python-client alone"


def many(folder: Path, runs: int = RUNS) -> Iterator[Figure]:
    """Yield the seconds in which `specloom generate` makes packages of 20 specs, and the memory that it takes.

    They are ours, several times under other names. Nothing is there before: no package, no template that was compiled.
    The memory is that of all processes together.
    """
    specs = copies(folder / "specs", SPECS)
    ours, stock, memory = [], [], []
    for turn in range(runs):
        ours.append(_done(_generate(folder, folder / f"temporary-{turn}")).seconds)
        memory.append(_watched(folder, folder / f"temporary-{turn}"))
        started = time.perf_counter()
        for spec in specs:
            write_stock_client(spec, folder / "stock" / spec.parent.name)
            write_stock_models(spec, folder / "stock" / f"{spec.parent.name}.py")
        stock.append(time.perf_counter() - started)
        shutil.rmtree(folder / "stock")
    what = f"{len(specs)} specs from cold"
    yield Figure(_GROUP, what, "s", Sample(tuple(ours)), _LINES, Sample(tuple(stock)), limit=SECONDS)
    yield Figure(_GROUP, f"{what}, memory", "MB", Sample(tuple(memory)), limit=MEMORY)


def large(folder: Path, runs: int = RUNS) -> Iterator[Figure]:
    """Yield what a spec of 1.4 MB takes of time and memory, on all cores, as anybody runs either.

    The memory is that of all processes together.
    """
    text = large_spec()
    spec = folder / "specs" / "large" / "openapi.yaml"
    document = folder / "large.json"
    spec.parent.mkdir(parents=True)
    for path in (spec, document):
        path.write_text(text, "utf-8")
    line = ["openapi-python-client", "generate", "--meta", "none", "--path", str(document), "--output-path", "stock"]
    ours, stock, memory = [], [], []
    for turn in range(runs + 1):
        taken = [_done(_generate(folder)), _done(run(line, folder))]
        shutil.rmtree(folder / "stock")
        if turn:  # the first has the files read from disk
            ours.append(taken[0])
            stock.append(taken[1])
            memory.append(_watched(folder))
    what = f"{len(text) / 1e6:.1f} MB, {OPERATIONS} operations"
    for name, each, times in (("", "seconds", TIMES), (", time of processors", "processor_seconds", None)):
        first, second = (Sample(tuple(getattr(one, each) for one in found)) for found in (ours, stock))
        yield Figure(_GROUP, what + name, "s", first, _STOCK, second, times=times)
    yield Figure(_GROUP, f"{what}, memory", "MB", Sample(tuple(memory)), limit=MEMORY)


def copies(folder: Path, count: int) -> list[Path]:
    """Write `count` specs below `folder`: those of this repository in turn, each time under another name."""
    found = find_specs()
    specs = []
    for number in range(count):
        source = found[number % len(found)]
        specs.append(folder / f"{source.parent.name}-{number}" / "openapi.yaml")
        specs[-1].parent.mkdir(parents=True)
        shutil.copy(source, specs[-1])
    return specs


def _generate(folder: Path, temporary: Path | None = None) -> Run:
    shutil.rmtree(folder / "generated", ignore_errors=True)
    with _environment(temporary) as more:
        return run(python("-m", "specloom", "generate"), folder, more=more)


def _watched(folder: Path, temporary: Path | None = None) -> float:
    """Return the most memory that all of `specloom generate` had, in a run of its own, for looking takes time."""
    shutil.rmtree(folder / "generated", ignore_errors=True)
    line = [sys.executable, "-m", "specloom", "generate"]
    with _environment(temporary) as more:
        environment = {**os.environ, "PYTHONPATH": str(SCRIPTS), **more}
        with subprocess.Popen(line, cwd=folder, env=environment, stdout=subprocess.DEVNULL) as process:  # noqa: S603 - ours
            watch = Watch(process.pid)
            watch.start()
            process.wait()
        watch.stop()
    return watch.peak


@contextmanager
def _environment(temporary: Path | None) -> Iterator[dict[str, str]]:
    """Yield what is set for a run: with the folder `temporary`, no template is there that was compiled before."""
    if temporary is None:
        yield {}
        return
    temporary.mkdir()
    yield {"TMPDIR": str(temporary)}
    shutil.rmtree(temporary)


def _done(done: Run) -> Run:
    if done.failed:
        raise SpecloomError(done.why)
    return done
