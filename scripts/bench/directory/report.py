"""Tell what the runs took, and from them what would break first beyond."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bench.directory.measuring import Taken

_HEAD = (
    *("run", "specs", "failed", "s", "specs/s", "operations/s", "MB of specs/s", "CPU s of work", "CPU s of its own"),
    *("MB in all", "MB of its own", "MB of the largest worker", "slowest spec"),
)
_MEMORY: Final = 4000.0
"""MB that a coordinating process may have on an ordinary machine."""


def table(runs: Sequence[Taken], megabytes: float) -> list[str]:
    """Return a row for each run as lines of Markdown."""
    rows = [_HEAD, ("---",) * len(_HEAD), *(_row(run, megabytes) for run in runs)]
    return ["| " + " | ".join(row) + " |" for row in rows]


def _row(run: Taken, megabytes: float) -> tuple[str, ...]:
    rates = (run.specs / run.seconds, run.operations / run.seconds, megabytes / run.seconds)
    numbers = (run.work_seconds, run.own_seconds, run.peak, run.own_peak, run.worker_peak)
    return (
        *(run.what, str(run.specs), str(run.failed), f"{run.seconds:.1f}"),
        *(f"{each:.2f}" for each in rates),
        *(f"{each:.1f}" for each in numbers),
        f"{run.slowest[0]} {run.slowest[1]:.1f} s",
    )


def scaling(runs: Sequence[tuple[int, Taken]], cores: int) -> Iterator[str]:
    """Yield how the same work divides over the workers of a cluster, beside one worker."""
    if not runs:
        return
    _, one = runs[0]
    for workers, run in runs:
        speedup = one.seconds / run.seconds
        more = run.work_seconds / one.work_seconds if one.work_seconds else 1.0
        beyond = f"; there are {cores} cores, so no more than {cores} can work at once" if workers > cores else ""
        yield (
            f"- {workers} worker{'s' if workers > 1 else ''}: {run.seconds:.1f} s, {speedup:.2f} times as fast as one, "
            f"efficiency {speedup / min(workers, cores):.2f}; {more:.2f} times its CPU seconds{beyond}."
        )


def limits(small: Taken, large: Taken, clusters: Sequence[tuple[int, Taken]], swap_seconds: float) -> Iterator[str]:
    """Yield what would break first beyond `large`, from what grew since `small`, and from the largest cluster.

    More workers stop to help when the coordinating process has no time left to feed them, or when the slowest spec
    alone takes as long as all others together.
    """
    slowest = large.slowest[1]
    alone = large.built / slowest if slowest else 1.0
    found = [(alone, f"the slowest spec ({slowest:.1f} s) takes as long as all others do on {alone:.0f} workers")]
    if clusters and clusters[-1][1].own_seconds:
        run = clusters[-1][1]
        fed = run.work_seconds / run.own_seconds
        each = 1000 * run.own_seconds / max(1, run.specs)
        found.append((fed, f"the coordinating process ({each:.1f} CPU ms for each spec) can feed {fed:.0f} workers"))
    yield f"- Workers: {'; '.join(text for _, text in sorted(found))}. Beyond the first of these, more do not help."
    more = max(1, large.specs - small.specs)
    grown = (large.own_peak - small.own_peak) / more
    at = f"{_MEMORY / grown:,.0f} specs" if grown > 0 else "no number of specs that these runs could tell"
    yield f"- Memory: the coordinating process grew by {1000 * grown:.0f} kB a spec: {_MEMORY:.0f} MB at {at}."
    first = f"{small.worker_peak:.0f} MB with the first {small.specs} specs"
    yield f"- Memory of a worker: {large.worker_peak:.0f} MB ({first}): what the largest of its specs needs."
    yield f"- Putting all packages in place at once took {1000 * swap_seconds:.0f} ms for {large.specs} packages."
