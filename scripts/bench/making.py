"""Measure `make` in a fresh clone: cold, with the environment there, when nothing changed, and when one spec did."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.figure import Figure, Sample
from bench.running import Run, run
from specloom.spec import SpecloomError, find_specs

RUNS: Final = 5
_PATIENCE: Final = 1800.0


def measure(folder: Path, runs: int = RUNS) -> Iterator[Figure]:
    """Yield the seconds of each; `folder` gets a clone of what is committed here."""
    clone = folder / "clone"
    folder.mkdir(parents=True)
    _done(run(["git", "clone", "--quiet", str(Path.cwd()), str(clone)], folder))
    api = find_specs(folder=clone / "specs")[0]
    yield _figure("from nothing, packages installed too", [_make(clone)])
    for left in ("dist", ".cache"):
        shutil.rmtree(clone / left, ignore_errors=True)
    yield _figure("the environment there", [_make(clone)])
    yield _figure("nothing changed", [_make(clone) for _ in range(runs)])
    changed = []
    for number in range(runs):
        with api.open("a", encoding="utf-8") as file:
            file.write(f"# change {number}\n")
        changed.append(_make(clone, f"API={api.parent.name}"))
    yield _figure("one spec changed, that API alone", changed)


def _make(clone: Path, *arguments: str) -> Run:
    """Run make as a person does: no source of ours ahead of the clone's own, and no trace of a make around it."""
    clean = dict.fromkeys(("PYTHONPATH", "VIRTUAL_ENV", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "FIGURE"), "")
    made = run(["make", *arguments], clone, limit=_PATIENCE, more=clean)
    return _done(made)


def _done(done: Run) -> Run:
    if done.failed:
        raise SpecloomError(done.why)
    return done


def _figure(what: str, runs: list[Run]) -> Figure:
    return Figure("make", what, "s", Sample(tuple(each.seconds for each in runs)))
