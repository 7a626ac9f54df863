"""Measure what a call costs more than the same request by httpx alone, over the same transport in process."""

from __future__ import annotations

import logging
import sys
import timeit
from collections.abc import Iterator, Sequence
from typing import Any, Final

from bench.calls import Code, calls
from bench.figure import Figure, Sample
from bench.packages import Pair

LIMIT: Final = 20.0
"""Microseconds."""
ROUNDS: Final = 300
CALLS: Final = 10
"""Calls in a round; short rounds, so that few of them meet whatever else the machine does."""


def measure(pairs: Sequence[Pair], rounds: int = ROUNDS) -> Iterator[Figure]:
    """Yield the microseconds of each call beyond those of httpx: ours with retries and logging, the stock without.

    The answer is the example of the spec; that it is read as a model is part of the call. The target is for the API
    whose answer has the least in it, which leaves the call itself.
    """
    found = [_figure(pair, rounds) for pair in pairs]
    smallest = min(pairs, key=_answer_size)
    for pair, (ours, stock) in zip(pairs, found, strict=True):
        limit = LIMIT if pair is smallest else None
        yield Figure("overhead of a call", pair.api.name, "µs", ours, "stock client", stock, limit=limit)


def _figure(pair: Pair, rounds: int) -> tuple[Sample, Sample]:
    sys.path[:0] = [str(pair.ours), str(pair.stock)]
    logger = logging.getLogger(pair.names.package)
    logger.propagate = False
    logger.addHandler(logging.NullHandler())
    logger.setLevel(logging.DEBUG)
    made = calls(pair)
    raw, ours, stock = (_timer(each) for each in (made.raw, made.ours, made.stock))
    values: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + 1):
        base, *taken = (timer.timeit(CALLS) / CALLS * 1e6 for timer in (raw, ours, stock))
        if turn:
            for kept, each in zip(values, taken, strict=True):
                kept.append(each - base)
    return Sample(tuple(values[0])), Sample(tuple(values[1]))


def _timer(code: Code) -> timeit.Timer:
    space: dict[str, Any] = {}
    exec(code.setup, space)  # noqa: S102 - code of ours
    return timeit.Timer(code.call, globals=space)


def _answer_size(pair: Pair) -> int:
    operation = pair.api.operations[0]
    example = operation.responses[operation.answers["success"].status].example()
    return 0 if example is None else len(str(example.value))
