"""Measure `make` where nothing changed."""

from __future__ import annotations

import shutil
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.figure import Figure, Sample
from bench.generating import copies
from bench.running import Run, python, run
from specloom.spec import SpecloomError

RUNS: Final = 21
SPECS: Final = 50
MILLISECONDS: Final = 50.0


def measure(folder: Path, runs: int = RUNS) -> Iterator[Figure]:
    """Yield the milliseconds in which `make` says that 50 specs are up to date.

    The sources and tests are those of this repository. The packages are generated; that they were fuzzed, and their
    wheels, are only pretended, which would take half an hour: `make` looks at the times of files alone.
    """
    for name in ("scripts", "tests"):
        shutil.copytree(name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(name, folder)
    specs = copies(folder / "specs", SPECS)
    _done(run(python("-m", "specloom", "generate"), folder))
    packages = Path(sysconfig.get_path("purelib"))
    (folder / ".venv/lib").mkdir(parents=True)
    (folder / ".venv/lib" / packages.parent.name).symlink_to(packages.parent)
    names = [f"dist/{spec.parent.name}.whl" for spec in specs]
    for name in (*names, ".venv/installed", ".cache/build.json", ".cache/code-linted", ".cache/made"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    taken = []
    for _ in range(runs):
        done = _done(run(["make"], folder, more={"SPECLOOM_SPECS": "", "MAKEFLAGS": ""}))
        if "up to date" not in done.out:
            raise SpecloomError("make found something to do")
        taken.append(done.seconds * 1000)
    yield Figure("make", f"{SPECS} specs, nothing changed", "ms", Sample(tuple(taken)), limit=MILLISECONDS)


def _done(done: Run) -> Run:
    if done.failed:
        raise SpecloomError(done.why)
    return done
