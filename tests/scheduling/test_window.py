"""However much there is to do, a few things are under way at a time."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing

from specloom.scheduling import under_way, width


def test_all_is_done_and_little_is_held() -> None:
    taken = done = most = 0

    def items() -> Iterator[int]:
        nonlocal taken, most
        for number in range(100):
            taken += 1
            most = max(most, taken - done)
            yield number

    found = {}
    with ThreadPoolExecutor(2) as pool:
        for item, future in under_way(lambda item: pool.submit(pow, item, 2), items(), 5):
            done += 1
            found[item] = future.result()
    assert found == {number: number**2 for number in range(100)}
    assert most <= 5


def test_nothing_to_do_is_done_at_once() -> None:
    assert list(under_way(lambda _: Future[int](), [], 3)) == []


def test_who_goes_no_further_leaves_nothing_under_way() -> None:
    futures: list[Future[int]] = []

    def start(item: int) -> Future[int]:
        future: Future[int] = Future()
        futures.append(future)
        if item == 0:
            future.set_result(1)
        return future

    with closing(under_way(start, range(9), 3)) as started:
        next(started)
    assert [future.cancelled() for future in futures] == [False, True, True]


def test_what_is_given_up_is_not_cancelled_too() -> None:
    futures: list[Future[int]] = []

    def start(_: int) -> Future[int]:
        futures.append(Future())
        if not futures[0].done():
            futures[0].set_result(1)
        return futures[-1]

    def give_up() -> None:
        for future in futures[1:]:
            future.set_exception(ChildProcessError())

    with closing(under_way(start, range(9), 3, give_up)) as started:
        next(started)
    assert [future.cancelled() for future in futures] == [False, False, False]


def test_an_executor_says_how_many_calls_keep_it_busy() -> None:
    with ThreadPoolExecutor(1) as pool:
        assert width(pool) >= 1
        pool.width = 77  # type: ignore[attr-defined] # that of a cluster has one
        assert width(pool) == 77
