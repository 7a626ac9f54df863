"""Timeouts of an attempt, as httpx transports take them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

Timeouts = dict[str, float | None]
"""Seconds for each step of an attempt, None for no limit: `connect`, `read`, `write` and `pool`."""

STEPS: Final = ("connect", "read", "write", "pool")
# A socket for which 0 is set does not wait at all, and fails with another error.
_LEAST: Final = 0.001


def of_seconds(seconds: float) -> Timeouts:
    """Return `seconds` for each step; infinity is no limit."""
    return dict.fromkeys(STEPS, None if seconds == float("inf") else seconds)


class Left(dict[str, float | None]):
    """Timeouts that are cut to what is left of the deadline when a step begins, for transports that ask by `get`."""

    def __init__(self, timeouts: Timeouts, left: Callable[[], float]) -> None:
        super().__init__({step: _least(seconds, left()) for step, seconds in timeouts.items()})
        self._timeouts = timeouts
        self._left = left

    def get(self, key: str, default: Any = None) -> Any:
        """Return the seconds for the step `key`, which begins now."""
        return _least(self._timeouts[key], self._left()) if key in self._timeouts else default


def _least(seconds: float | None, left: float) -> float:
    return max(_LEAST, left if seconds is None else min(seconds, left))
