"""Watch the memory and the processors that a process and its descendants use while they run."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PAUSE: Final = 0.25
"""Seconds between two looks."""

_TICKS: Final = os.sysconf("SC_CLK_TCK")


class Watch(threading.Thread):
    """Looks at a process and its descendants until it is stopped; memory in MB (1,000,000 bytes).

    `peak` is the most that all together had, pages that several share counted once (PSS); `peaks` is the most that
    each had alone, by its id, and `seconds` what each used of processors.
    """

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._stopped = threading.Event()
        self.peak = 0.0
        self.peaks: dict[int, float] = {}
        self.seconds: dict[int, float] = {}

    def run(self) -> None:
        """Watch until it is stopped."""
        while not self._stopped.wait(PAUSE):
            self.look()

    def look(self) -> None:
        """Look once."""
        found = {each: (_memory(each), _seconds(each)) for each in family(self._process)}
        for process, (memory, seconds) in found.items():
            self.peaks[process] = max(memory, self.peaks.get(process, 0.0))
            self.seconds[process] = max(seconds, self.seconds.get(process, 0.0))
        self.peak = max(self.peak, sum(memory for memory, _ in found.values()))

    def stop(self) -> None:
        """Stop to watch."""
        self._stopped.set()
        self.join()


def family(process: int) -> Iterator[int]:
    """Yield a process and all that descend from it; those that have ended by now are left out."""
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = task.read_text("ascii").split()
        except OSError:
            continue
        for child in children:
            yield from family(int(child))


def _memory(process: int) -> float:
    """Return its share of memory (proc(5), smaps_rollup: Pss)."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text("ascii", "replace")
    except OSError:
        return 0.0
    _, found, rest = text.partition("\nPss:")
    return int(rest.split()[0]) * 1024 / 1e6 if found else 0.0


def _seconds(process: int) -> float:
    """Return the seconds of processors that it used itself (proc(5), stat: utime and stime)."""
    try:
        text = Path(f"/proc/{process}/stat").read_text("ascii", "replace")
    except OSError:
        return 0.0
    fields = text.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
