"""Measure the size of the wheels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.figure import Figure, Sample
from bench.packages import Pair
from specloom.release import build_wheel

LIMIT: Final = 60.0
"""Kilobytes (1000 bytes)."""


def measure(pairs: Sequence[Pair]) -> Iterator[Figure]:
    """Yield the size of our wheel of each package, with all that it has beside the client, and of the stock one."""
    with TemporaryDirectory() as folder:
        for pair in pairs:
            ours, stock = (_size(each, Path(folder)) for each in (pair.ours, pair.stock))
            yield Figure("wheel", pair.api.name, "kB", ours, "stock client", stock, limit=LIMIT)


def _size(distribution: Path, folder: Path) -> Sample:
    return Sample((build_wheel(distribution, folder).stat().st_size / 1000,))
