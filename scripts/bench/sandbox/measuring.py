"""Measure how many requests a second the sandbox and Prism answer, how fast, in how much memory, and how soon."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.figure import Figure, Sample, Unit
from bench.peers.prism import PRISM, install_prism
from bench.sandbox.loading import load, write_requests
from bench.sandbox.requests import Work, work_of
from bench.sandbox.serving import Server, ours, prism, write_spec
from specloom.spec import SpecloomError, find_specs, load_api

ROUNDS: Final = 5
RECORDS: Final = 40_000
"""Records of a sandbox that is loaded for a second, so that each request has one of its own."""

CACHE: Final = Path(".cache/bench")
"""Where the databases are; from the root of the repository."""

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
    in a transaction; Prism answers the same requests from examples. Without Node or npm the sandbox is measured alone.
    Raises SpecloomError when wrk is missing.
    """
    CACHE.mkdir(parents=True, exist_ok=True)
    missing = ""
    try:
        program: Path | None = install_prism().resolve()
    except SpecloomError as error:
        program, missing = None, error.message
    works = (work_of(load_api(path)) for path in find_specs())
    for work in filter(None, works):
        with TemporaryDirectory(dir=CACHE) as folder:
            bench = _Bench(work, Path(folder).resolve(), rounds, records, missing)
            yield from bench.figures(program)


class _Bench:
    """Measures one operation."""

    def __init__(self, work: Work, folder: Path, rounds: int, records: int, peer_missing: str) -> None:
        self._peer_missing = peer_missing
        self._work = work
        self._folder = folder
        self._rounds = rounds
        self._records = records
        self._valid = write_requests(work.valid(records), folder / "valid")
        self._refused = write_requests([work.refused()], folder / "refused")

    def figures(self, program: Path | None) -> Iterator[Figure]:
        work, folder = self._work, self._folder
        write_spec(folder, work.api)
        with ExitStack() as stack:
            peer = None
            if program is not None:
                peer = stack.enter_context(prism(program, folder, work.api, next(work.valid(1))))
                # Programs in JavaScript become fast while they run.
                load(peer, self._valid, 3)
                load(peer, self._refused, 2)
            with ours(folder, work.api, work.refused()) as server:
                yield from self._beside("refused requests", 3.0, server, peer, self._refused)
                yield self._figure("memory", "MB", [server.memory()], [peer.memory()] if peer else [], times=0.25)
                started = [peer.seconds] if peer else []
                yield self._figure("start to first answer", "s", [server.seconds], started, limit=0.4)
            write_spec(folder, work.api, {work.transition.record: work.seeds(self._records)})
            for where, options, least in _MODES:
                for left in folder.glob("sandbox.db*"):
                    left.unlink()
                with ours(folder, work.api, work.refused(), *options) as server:
                    yield from self._beside(f"valid requests, {where}", least, server, peer, self._valid)

    def _beside(self, what: str, least: float, server: Server, peer: Server | None, requests: Path) -> Iterator[Figure]:
        """Load both servers in turn; yield the rate and the latency."""
        ours, theirs = [], []
        for _ in range(self._rounds):
            reset = f"{server.url}/_sandbox/{self._work.api.name}/reset"
            urllib.request.urlopen(urllib.request.Request(reset, method="POST")).close()  # noqa: S310 - ours
            ours.append(load(server, requests, 1))
            if peer is not None:
                theirs.append(load(peer, requests, 1))
        refused = sum(each.refused for each in ours)
        if refused and requests == self._valid:
            raise SpecloomError(f"{refused} valid requests were refused by the sandbox")
        rates, peer_rates = [each.rate for each in ours], [each.rate for each in theirs]
        yield self._figure(what, "/s", rates, peer_rates, reach=least)
        late, peer_late = [each.p99 for each in ours], [each.p99 for each in theirs]
        yield self._figure(f"p99 of {what}", "ms", late, peer_late, times=1.0)

    def _figure(  # noqa: PLR0913 - the kinds of targets are named
        self,
        what: str,
        unit: Unit,
        ours: list[float],
        theirs: list[float],
        *,
        limit: float | None = None,
        times: float | None = None,
        reach: float | None = None,
    ) -> Figure:
        return Figure(
            *("sandbox", f"{self._work.api.name}: {what}", unit, Sample(tuple(ours)), _PEER),
            peer=Sample(tuple(theirs)) if theirs else None,
            limit=limit,
            times=times,
            reach=reach,
            peer_missing=self._peer_missing,
        )
