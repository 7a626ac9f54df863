"""Time and chance, so that tests can stand in for both."""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable

from attrs import frozen


async def _sleep(seconds: float) -> None:
    """Wait without holding up other tasks."""
    import asyncio  # noqa: PLC0415 - clients that are not async need not wait for this import

    await asyncio.sleep(seconds)


@frozen
class Clock:
    """What a session asks for time and chance; times are in seconds.

    `monotonic` measures, `now` is the time since 1970, `share` a random number from 0 to 1; `sleep` and `sleep_async`
    wait.
    """

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    share: Callable[[], float] = random.random
    sleep: Callable[[float], object] = time.sleep
    sleep_async: Callable[[float], Awaitable[object]] = _sleep


SYSTEM = Clock()
"""The clock of the operating system."""
