"""Measure the verdicts on a revised spec, beside oasdiff where that is installed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml

from bench.figure import Figure, Sample
from bench.running import Run, python, run
from specloom.spec import SpecloomError, find_specs

RUNS: Final = 7

_PEER: Final = "oasdiff breaking"


def measure(folder: Path, runs: int = RUNS) -> Iterator[Figure]:
    """Yield the seconds of both verdicts on each spec with one operation less, and of the wire verdict alone."""
    peer = shutil.which("oasdiff")
    for path in find_specs():
        base, revision = _pair(path, folder / path.parent.name)
        ours, theirs = [], []
        for _ in range(runs):
            ours.append(_seconds(_ours(base, revision, "--wire-only")))
            if peer is not None:
                theirs.append(_seconds(run([peer, "breaking", str(base), str(revision)], folder)))
        missing = "" if theirs else "there is no oasdiff, and none of the usual package indexes has it"
        beside = Sample(tuple(theirs)) if theirs else None
        what = f"{path.parent.name}: wire verdict"
        yield Figure("compat", what, "s", Sample(tuple(ours)), _PEER, beside, peer_missing=missing)
        whole = _seconds(_ours(base, revision))
        yield Figure("compat", f"{path.parent.name}: wire and client verdict", "s", Sample((whole,)))


def _ours(base: Path, revision: Path, *options: str) -> Run:
    return run(python("-m", "specloom", "compat", *options, str(base), str(revision)), base.parent)


def _pair(path: Path, folder: Path) -> tuple[Path, Path]:
    """Write a spec, and a revision of it whose schemas have lost the first member of each object."""
    data = yaml.safe_load(path.read_bytes())
    found = []
    for name in ("base", "revision"):
        place = folder / name / path.parent.name / "openapi.yaml"
        place.parent.mkdir(parents=True)
        place.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
        found.append(place)
        for schema in data["components"]["schemas"].values():
            first = next(iter(schema.get("properties", ())), None)
            if first is not None:
                del schema["properties"][first]
                schema["required"] = [each for each in schema.get("required", ()) if each != first]
    return found[0], found[1]


def _seconds(done: Run) -> float:
    """Return the seconds of a run that found what breaks (1), or nothing (0)."""
    if done.late or done.status not in {0, 1} or "Traceback" in done.err:
        raise SpecloomError(done.why)
    return done.seconds
