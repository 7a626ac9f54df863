"""Measure how many requests a second the sandbox and Prism answer, how fast, in how much memory, and how soon."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import attrs

from bench.figure import Figure, Sample
from bench.sandbox.loading import Load, load, write_requests
from bench.sandbox.requests import Work, work_of
from bench.sandbox.serving import PRISM, Server, install_prism, ours, prism, write_spec
from specloom.spec import SpecloomError, find_specs, load_api

SECONDS: Final = 5
RECORDS: Final = 200_000
"""Records of a sandbox that is loaded, so that each request has one of its own."""

CACHE: Final = Path(".cache")
"""Where Prism is installed, and the databases are; from the root of the repository."""

_PEER: Final = f"Prism {PRISM}"
_MODES: Final = (
    ("in memory", (), 3.0),
    ("in a file, synchronous NORMAL", ("--db", "sandbox.db", "--sync", "normal"), 2.0),
    ("in a file, synchronous FULL", ("--db", "sandbox.db", "--sync", "full"), 1.0),
)
"""Where records are kept, the options for it, and how many times as many requests as by Prism are to be answered."""

_Served = Callable[[], AbstractContextManager[Server]]


@attrs.frozen
class _Peer:
    """What Prism does with the requests of one operation."""

    valid: Load
    refused: Load
    memory: float
    seconds: float


def measure(seconds: int = SECONDS, records: int = RECORDS) -> Iterator[Figure]:
    """Load the first operation of each API that acts on one record, `seconds` long for each figure, beside Prism.

    Every valid request acts on a record of its own, which is read, judged and written, with its entry in the journal,
    in a transaction; Prism answers the same requests from examples. Raises SpecloomError when wrk, Node or npm is
    missing.
    """
    program = install_prism(CACHE)
    works = (work_of(load_api(path)) for path in find_specs())
    for work in filter(None, works):
        with TemporaryDirectory(dir=CACHE) as folder:
            yield from _figures(work, program.resolve(), Path(folder), seconds, records)


def _figures(work: Work, program: Path, folder: Path, seconds: int, records: int) -> Iterator[Figure]:
    name, first = work.api.name, next(work.valid(1))
    valid = write_requests(work.valid(records), folder / "valid")
    refused = write_requests([work.refused()], folder / "refused")
    write_spec(folder, work.api, {})
    with prism(program, folder, work.api, first) as server:
        peer = _Peer(load(server, valid, seconds), load(server, refused, seconds), server.memory(), server.seconds)
    with ours(folder, work.api, work.refused()) as server:
        found = load(server, refused, seconds)
        yield _rate(f"{name}: refused requests", found, peer.refused, 3.0)
        yield _latency(f"{name}: p99 of refused requests", found, peer.refused)
        yield Figure("sandbox", f"{name}: memory", "MB", _one(server.memory()), _PEER, _one(peer.memory), times=0.25)
        start = f"{name}: start to first answer"
        yield Figure("sandbox", start, "s", _one(server.seconds), _PEER, _one(peer.seconds), limit=0.4)
    write_spec(folder, work.api, {work.transition.record: work.seeds(records)})
    for where, options, least in _MODES:
        for left in folder.glob("sandbox.db*"):
            left.unlink()
        with ours(folder, work.api, work.refused(), *options) as server:
            found = load(server, valid, seconds)
        if found.refused:
            raise SpecloomError(f"{found.refused} of {found.requests} valid requests were refused by the sandbox")
        yield _rate(f"{name}: valid requests, {where}", found, peer.valid, least)
        yield _latency(f"{name}: p99 of valid requests, {where}", found, peer.valid)


def _rate(what: str, found: Load, peer: Load, least: float) -> Figure:
    return Figure("sandbox", what, "/s", _one(found.rate), _PEER, _one(peer.rate), reach=least)


def _latency(what: str, found: Load, peer: Load) -> Figure:
    return Figure("sandbox", what, "ms", _one(found.p99), _PEER, _one(peer.p99), times=1.0)


def _one(value: float) -> Sample:
    return Sample((value,))
