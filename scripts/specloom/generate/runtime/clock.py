"""The time, and waiting for it to pass."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from attrs import frozen


async def _sleep(seconds: float) -> None:
    import asyncio  # noqa: PLC0415 - a client that awaits nothing starts faster without it

    await asyncio.sleep(seconds)


@frozen
class Clock:
    """`now` gives seconds since 1970, `monotonic` seconds that never go back; the others wait seconds."""

    now: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.perf_counter
    sleep: Callable[[float], None] = time.sleep
    sleep_async: Callable[[float], Awaitable[None]] = _sleep


SYSTEM = Clock()
"""That of this machine."""
