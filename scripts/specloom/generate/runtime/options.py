"""How calls are made: timeouts, deadlines, retries, headers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import Attribute, field, frozen, validators


def check_seconds(name: str, value: float | None) -> None:
    """Raise ValueError unless `value` is None, or a number above 0 (`math.inf` for no limit)."""
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, (int, float)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"{name} must be a number of seconds, not {type(value).__name__}")
    if not value > 0:
        raise ValueError(f"{name} must be more than 0 seconds, not {value}")


def _seconds(_: object, attribute: Attribute[Any], value: float | None) -> None:
    check_seconds(attribute.name, value)


@frozen(kw_only=True)
class RetryPolicy:
    """When a request is sent again; times are in seconds.

    Whenever nothing was sent (no connection could be made), and for 429 and 503, there are up to `attempts` requests
    in all. The wait between them is `first_delay`, doubled each time up to `max_delay`, or with `jitter` a time drawn
    from 0 to that; it is longer where Retry-After says so (RFC 9110, section 10.2.3). If that is longer than
    `max_retry_after`, or the wait would outlast the deadline, the error is raised at once.

    A request that may have reached the vendor (timeout, broken connection, 500, 502, 504) is sent again only if its
    method changes nothing (GET, HEAD, OPTIONS) or `repeat_ambiguous` is set: a repeated cancel may meet its own effect.
    """

    attempts: int = field(default=3, validator=(validators.instance_of(int), validators.ge(1)))
    first_delay: float = field(default=0.5, validator=validators.ge(0))
    max_delay: float = field(default=8.0, validator=validators.ge(0))
    jitter: bool = True
    max_retry_after: float = field(default=60.0, validator=validators.ge(0))
    repeat_ambiguous: bool = False

    def delay(self, attempts: int, share: float) -> float:
        """Return the seconds to wait after so many `attempts`; `share` is a random number from 0 to 1."""
        # 2 ** 64 times anything is past any longest delay; more could not be calculated.
        longest = min(self.max_delay, self.first_delay * 2.0 ** min(attempts - 1, 64))
        return longest * share if self.jitter else longest


@frozen(kw_only=True)
class CallOptions:
    """What one call does otherwise than its client; None leaves it as it is.

    `timeout` is in seconds, for each step of an attempt (connecting, sending, waiting for more of the answer);
    `deadline` in seconds for the whole call with its retries; `math.inf` is no limit. `headers` take the place of those
    of the same name.
    """

    timeout: float | None = field(default=None, validator=_seconds)
    deadline: float | None = field(default=None, validator=_seconds)
    retries: RetryPolicy | None = None
    headers: Mapping[str, str] | None = field(default=None, repr=False)


DEFAULTS = CallOptions()
"""The options of a call that is made without any."""
