"""Notice a server whose clock stands still: successes at different times that are given the same time."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

from specloom.fuzz.machine.world import NOW

_FRACTION: Final = re.compile(r"\.[0-9]*[1-9]")
_SECONDS: Final = 1.5
_FRACTION_SECONDS: Final = 0.2


class Clock:
    """The times that a server has written for `$now`, with the time that passed here meanwhile, in seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Take a clock that never stands still."""
        self._now = now
        self._first: tuple[float, str] | None = None
        self._is_frozen = False
        self._has_moved = False

    def note(self, expected: Any, found: Any) -> None:
        """Note the times in `found`, which stand where `expected` has `NOW`."""
        for text in _times(expected, found):
            if self._first is None:
                self._first = (self._now(), text)
                continue
            passed = self._now() - self._first[0]
            # A server that writes whole seconds, or rounds to them, may well repeat one.
            enough = _FRACTION_SECONDS if _FRACTION.search(text) else _SECONDS
            self._has_moved = self._has_moved or text != self._first[1]
            self._is_frozen = self._is_frozen or (text == self._first[1] and passed > enough)

    @property
    def missing(self) -> float:
        """How many seconds must pass before another success can tell; 0 when nothing is left to tell."""
        if self._first is None or self._has_moved or self._is_frozen:
            return 0
        enough = _FRACTION_SECONDS if _FRACTION.search(self._first[1]) else _SECONDS
        return max(0.0, enough - (self._now() - self._first[0])) + 0.01

    @property
    def fault(self) -> str | None:
        """What is wrong with the clock, in words."""
        if self._first is None or not self._is_frozen or self._has_moved:
            return None
        text = f"successes at different times are all given the time {self._first[1]}"
        return f"{text} (there is no replay: it would not take long enough)"


def _times(expected: Any, found: Any) -> Iterator[str]:
    if expected is NOW:
        if isinstance(found, str):
            yield found
    elif isinstance(expected, dict) and isinstance(found, dict):
        for name, value in expected.items():
            yield from _times(value, found.get(name))
    elif isinstance(expected, list) and isinstance(found, list):
        for value, other in zip(expected, found, strict=False):
            yield from _times(value, other)
