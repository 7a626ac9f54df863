"""How calls are made: timeouts, retries, headers."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen, validators


@frozen
class RetryPolicy:
    """When a request is sent again.

    Whenever nothing was sent (no connection could be made), and for 429 and 503, there are up to `attempts` requests
    in all, with a wait between them: what Retry-After says (RFC 9110, section 10.2.3), if that is at most
    `max_retry_after` seconds, else a time drawn from 0 to `first_delay`, doubled each time up to `max_delay`. Where the
    wait is longer, or would outlast the deadline, the error is raised at once.

    A request that may have reached the vendor (timeout, broken connection, 500, 502, 504) is sent again only if its
    method changes nothing (GET, HEAD, OPTIONS) or `repeat_ambiguous` is set: a repeated cancel may meet its own effect.
    """

    attempts: int = field(default=3, validator=validators.ge(1))
    first_delay: float = field(default=0.5, validator=validators.ge(0))
    max_delay: float = field(default=8.0, validator=validators.ge(0))
    max_retry_after: float = field(default=60.0, validator=validators.ge(0))
    repeat_ambiguous: bool = False


NO_RETRIES = RetryPolicy(attempts=1)
"""Every request is sent once."""


@frozen
class CallOptions:
    """What one call does otherwise than its client; None leaves it as it is.

    `timeout` is in seconds, for each step of an attempt (connecting, sending, waiting for more of the answer);
    `deadline` in seconds for the whole call with its retries. `headers` come on top of those of the client.
    """

    timeout: float | None = None
    deadline: float | None = None
    retries: RetryPolicy | None = None
    headers: Mapping[str, str] | None = None
