"""Measure campaigns on the right sandbox with many seeds, and the proof of all rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from bench.figure import Figure, Sample
from bench.running import python, run
from specloom.spec import SpecloomError

SEEDS: Final = 20
PROOF_LIMIT: Final = 600.0
"""Seconds for the whole proof on two cores."""

_PATIENCE: Final = 3600.0


def measure(folder: Path, seeds: int = SEEDS) -> Iterator[Figure]:
    """Yield how many failures campaigns report on a server that has no faults, and how many cases they run a second."""
    del folder
    found = _told("fuzz", "--seeds", f"0-{seeds - 1}", "--json")
    failures, cases = (sum(each) for each in zip(*((len(it["failures"]), it["cases"]) for it in found), strict=True))
    what = f"false alarms in {cases:,} cases of {len(found)} campaigns"
    yield Figure("campaigns", what, "", Sample((float(failures),)), limit=0.0)
    for api in sorted({each["api"] for each in found}):
        rates = tuple(each["cases"] / each["seconds"] for each in found if each["api"] == api)
        yield Figure("campaigns", f"{api}: cases", "/s", Sample(rates))


def prove(folder: Path) -> Iterator[Figure]:
    """Yield how long the proof of all rules takes, and how many mutants survive it without a reason."""
    del folder
    done = run(python("-m", "specloom", "prove", "--json"), Path(), limit=_PATIENCE)
    found = _json(done.out, done.why)
    states = [each["state"] for each in found["verdicts"]]
    survivors = f"of {len(states):,} mutants survived ({states.count('equivalent')} are equivalent)"
    yield Figure("proving", survivors, "", Sample((float(states.count("survived")),)), limit=0.0)
    yield Figure("proving", "all rules of all APIs", "s", Sample((done.seconds,)), limit=PROOF_LIMIT)
    yield Figure("proving", "all rules of all APIs, time of processors", "s", Sample((done.processor_seconds,)))


def _told(*line: str) -> Any:
    done = run(python("-m", "specloom", *line), Path(), limit=_PATIENCE)
    return _json(done.out, done.why)


def _json(out: str, why: str) -> Any:
    try:
        return json.loads(out)
    except ValueError:
        raise SpecloomError(why or "it printed no JSON") from None
