"""What can be measured, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from bench import (
    campaigns,
    comparing,
    generating,
    importing,
    making,
    overhead,
    paging,
    proof,
    regenerating,
    sandbox,
    unchanging,
    wheels,
)
from bench.figure import Figure
from bench.packages import pairs

Measure = Callable[[Path, bool], Iterator[Figure]]
"""Is called with a new folder to work in, and whether to measure a few times only; yields figures as they come."""


def _overhead(folder: Path, quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - as all of them are called
    return overhead.measure(pairs(folder), 20 if quick else overhead.ROUNDS)


def _importing(folder: Path, quick: bool) -> Iterator[Figure]:  # noqa: FBT001
    return importing.measure(pairs(folder), 3 if quick else importing.RUNS)


def _pages(folder: Path, quick: bool) -> Iterator[Figure]:  # noqa: FBT001
    yield from paging.check(1 if quick else paging.RUNS)
    yield from paging.measure(folder, 0.1 if quick else paging.MEGABYTES)


def _sandbox(_: Path, quick: bool) -> Iterator[Figure]:  # noqa: FBT001
    yield from sandbox.measure(1, 30_000) if quick else sandbox.measure()
    yield from sandbox.soak(6) if quick else sandbox.soak()


FIGURES: Final[Mapping[str, Measure]] = {
    "overhead": _overhead,
    "import": _importing,
    "wheels": lambda folder, _: wheels.measure(pairs(folder)),
    "regenerating": lambda _, quick: regenerating.measure(1 if quick else regenerating.RUNS),
    "many": lambda folder, quick: generating.many(folder, 1 if quick else generating.RUNS),
    "large": lambda folder, quick: generating.large(folder, 1 if quick else generating.RUNS),
    "unchanged": lambda folder, quick: unchanging.measure(folder, 3 if quick else unchanging.RUNS),
    "pages": _pages,
    "compat": lambda folder, quick: comparing.measure(folder, 3 if quick else comparing.RUNS),
    "sandbox": _sandbox,
    "proof": lambda _, quick: proof.measure(4 if quick else proof.SAMPLE),
    "campaigns": lambda folder, quick: campaigns.measure(folder, 1 if quick else campaigns.SEEDS),
    "proving": lambda folder, _: campaigns.prove(folder),
    "make": lambda folder, quick: making.measure(folder, 1 if quick else making.RUNS),
}
"""The quick ones come first, so that a run that is broken off has most of them."""
