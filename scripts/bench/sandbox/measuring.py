"""Measure how many requests a second the sandbox and Prism answer, how fast, in how much memory, and how soon."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.figure import Figure, Sample, Unit
from bench.sandbox.loading import load, write_requests
from bench.sandbox.requests import Work, work_of
from bench.sandbox.serving import PRISM, Server, install_prism, ours, prism, write_spec
from specloom.spec import SpecloomError, find_specs, load_api

ROUNDS: Final = 5
RECORDS: Final = 40_000
"""Records of a sandbox that is loaded for a second, so that each request has one of its own."""

CACHE: Final = Path(".cache")
"""Where Prism is installed, and the databases are; from the root of the repository."""

_PEER: Final = f"Prism {PRISM}"
_MODES: Final = (
    ("in memory", (), 3.0),
    ("in a file, synchronous NORMAL", ("--db", "sandbox.db", "--sync", "normal"), 2.0),
    ("in a file, synchronous FULL", ("--db", "sandbox.db", "--sync", "full"), 1.0),
)
"""Where records are kept, the options for it, and how many times as many requests as by Prism are to be answered."""


def measure(rounds: int = ROUNDS, records: int = RECORDS) -> Iterator[Figure]:
    """Load the first operation of each API that acts on one record, in turn with Prism, a second each, `rounds` times.

    Every valid request acts on a record of its own, which is read, judged and written, with its entry in the journal,
    in a transaction; Prism answers the same requests from examples. Raises SpecloomError when wrk, Node or npm is
    missing.
    """
    program = install_prism(CACHE)
    works = (work_of(load_api(path)) for path in find_specs())
    for work in filter(None, works):
        with TemporaryDirectory(dir=CACHE) as folder:
            yield from _Bench(work, Path(folder).resolve(), rounds, records).figures(program.resolve())


class _Bench:
    """Measures one operation."""

    def __init__(self, work: Work, folder: Path, rounds: int, records: int) -> None:
        self._work = work
        self._folder = folder
        self._rounds = rounds
        self._records = records
        self._valid = write_requests(work.valid(records), folder / "valid")
        self._refused = write_requests([work.refused()], folder / "refused")

    def figures(self, program: Path) -> Iterator[Figure]:
        work, folder = self._work, self._folder
        write_spec(folder, work.api)
        with prism(program, folder, work.api, next(work.valid(1))) as peer:
            # Programs in JavaScript become fast while they run.
            load(peer, self._valid, 3)
            load(peer, self._refused, 2)
            with ours(folder, work.api, work.refused()) as server:
                yield from self._beside("refused requests", 3.0, server, peer, self._refused)
                yield self._figure("memory", "MB", [server.memory()], [peer.memory()], times=0.25)
                yield self._figure("start to first answer", "s", [server.seconds], [peer.seconds], limit=0.4)
            write_spec(folder, work.api, {work.transition.record: work.seeds(self._records)})
            for where, options, least in _MODES:
                for left in folder.glob("sandbox.db*"):
                    left.unlink()
                with ours(folder, work.api, work.refused(), *options) as server:
                    yield from self._beside(f"valid requests, {where}", least, server, peer, self._valid)

    def _beside(self, what: str, least: float, server: Server, peer: Server, requests: Path) -> Iterator[Figure]:
        """Load both servers in turn; yield the rate and the latency."""
        ours, theirs = [], []
        for _ in range(self._rounds):
            reset = f"{server.url}/_sandbox/{self._work.api.name}/reset"
            urllib.request.urlopen(urllib.request.Request(reset, method="POST")).close()  # noqa: S310 - ours
            ours.append(load(server, requests, 1))
            theirs.append(load(peer, requests, 1))
        refused = sum(each.refused for each in ours)
        if refused and requests == self._valid:
            raise SpecloomError(f"{refused} valid requests were refused by the sandbox")
        rates, peer_rates = [each.rate for each in ours], [each.rate for each in theirs]
        yield self._figure(what, "/s", rates, peer_rates, reach=least)
        late, peer_late = [each.p99 for each in ours], [each.p99 for each in theirs]
        yield self._figure(f"p99 of {what}", "ms", late, peer_late, times=1.0)

    def _figure(self, what: str, unit: Unit, ours: list[float], theirs: list[float], **target: float) -> Figure:
        name = f"{self._work.api.name}: {what}"
        return Figure("sandbox", name, unit, Sample(tuple(ours)), _PEER, Sample(tuple(theirs)), **target)
