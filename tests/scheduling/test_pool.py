"""What fails or is interrupted ends its processes, whatever they are doing."""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing

import pytest

from specloom.scheduling import under_way
from specloom.scheduling.pool import Pool

LONG = 3600.0


@pytest.fixture
def pool() -> Pool:
    return Pool(1, multiprocessing.get_context("spawn"))


def test_an_interrupt_is_not_kept_waiting(pool: Pool) -> None:
    future = pool.submit(time.sleep, LONG)
    with pytest.raises(KeyboardInterrupt), pool:
        raise KeyboardInterrupt
    assert isinstance(future.exception(), BrokenProcessPool)
    assert multiprocessing.active_children() == []


def test_who_goes_no_further_does_not_wait_for_what_has_begun(pool: Pool) -> None:
    futures: list[Future[None]] = []

    def start(seconds: float) -> Future[None]:
        futures.append(pool.submit(time.sleep, seconds))
        return futures[-1]

    with pool, closing(under_way(start, [0.0, LONG, LONG, LONG], 3, pool.terminate)) as started:
        next(started)
    assert all(isinstance(each.exception(), BrokenProcessPool) for each in futures[1:])
    assert multiprocessing.active_children() == []
