"""Let no request through to a live server but those of a plan that the user has confirmed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable

from specloom.fuzz.hosts import Host, addresses_of, is_allowed
from specloom.fuzz.live_server.plan import LivePlan
from specloom.fuzz.wire import Answer, Request, Wire
from specloom.spec import SpecloomError


class RefusedError(SpecloomError):
    """The guard refuses a request; nothing was sent."""


class LiveGuard:
    """A wire to a live server that sends the requests of a confirmed plan, each once, slowly, and nothing else.

    Before each request it looks at the allow list anew and at where the name of the host leads; the request goes to an
    address that was looked at, and redirects are never followed.
    """

    def __init__(  # noqa: PLR0913 - each is one of the limits
        self,
        plan: LivePlan,
        connect: Callable[[Host, str], Wire],
        *,
        confirmed: str,
        allowed: Callable[[], Iterable[str]],
        rate: float = 2.0,
        max_time: float = 300.0,
        resolve: Callable[[Host], tuple[str, ...]] = addresses_of,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take the plan and what the user confirmed, which must be its `digest`.

        `connect` opens a wire to a host at one of its addresses; `allowed` returns the allow list as it is now. `rate`
        is in requests per second, `max_time` in seconds. Raises RefusedError without a confirmation.
        """
        if confirmed != plan.digest:
            raise RefusedError("the plan was not confirmed", remedy="read the plan and confirm it, or give --yes")
        if not rate > 0 or not max_time > 0:
            raise RefusedError("rate and time limit must be above 0", remedy="give --rate and --max-time above 0")
        self._plan = plan
        self._connect = connect
        self._allowed = allowed
        self._resolve = resolve
        self._clock = clock
        self._sleep = sleep
        self._interval = 1 / rate
        self._end = clock() + max_time
        self._next = clock()
        self._left = Counter(each.request for each in plan.requests)

    def send(self, request: Request) -> Answer:
        """Send a request of the plan and return the answer. Raises RefusedError."""
        if self._left[request] < 1:
            raise RefusedError("the request is not in the plan, or was sent already")
        self._wait()
        address = self._address()
        self._left[request] -= 1
        wire = self._connect(self._plan.host, address)
        try:
            return wire.send(request)
        finally:
            wire.close()

    def close(self) -> None:
        """Send nothing more."""
        self._left.clear()

    def _wait(self) -> None:
        """Wait until the next request may be sent."""
        now = self._clock()
        if max(now, self._next) > self._end:
            raise RefusedError("the time limit is reached", remedy="give --max-time for more seconds")
        if now < self._next:
            self._sleep(self._next - now)
        self._next = max(now, self._next) + self._interval

    def _address(self) -> str:
        host = self._plan.host
        if not is_allowed(host, self._allowed()):
            remedy = f"if that is meant, and you may do so, add --allow-host {host}"
            raise RefusedError(f"{host} is not on the allow list", remedy=remedy)
        found = [address for address in self._resolve(host) if address in self._plan.addresses]
        if not found:
            remedy = "see where the name leads now, and make a new plan"
            raise RefusedError(f"{host} leads elsewhere than when the plan was made", remedy=remedy)
        return found[0]
