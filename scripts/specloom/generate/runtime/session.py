"""Send the requests of calls, and wait for the answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import httpx

from specloom.generate.runtime.arrival import Arrival
from specloom.generate.runtime.clock import SYSTEM, Clock
from specloom.generate.runtime.core import Core, NoCookies
from specloom.generate.runtime.credentials import Credential
from specloom.generate.runtime.endpoint import Endpoint
from specloom.generate.runtime.errors import CredentialsError
from specloom.generate.runtime.exchange import Result, Step
from specloom.generate.runtime.failures import DeadlineError
from specloom.generate.runtime.options import CallOptions, RetryPolicy
from specloom.generate.runtime.responses import Response

T = TypeVar("T")


class Session(Core):
    """Sends requests and waits for the answers; threads may share it.

    `base_url` is what paths are appended to; `credentials` are by the name of the security scheme. `timeout` is in
    seconds for each step of an attempt (None: 30, or what `http_client` has), `deadline` for the whole call with its
    retries; `math.inf` is no limit. `headers` are sent with every request. `http_client` is used as it is and never
    closed here; `transport` is that of an httpx client of our own. Raises TypeError or ValueError when one of them
    cannot be used, and CredentialsError when a credential cannot be sent.

    A server that sends the headers of its answer byte by byte can outlast the deadline: nothing but a timeout for each
    byte ends the wait for them. The session for tasks knows no such exception.
    """

    def __init__(  # noqa: PLR0913 - what there is to choose
        self,
        base_url: str,
        credentials: Mapping[str, Credential],
        *,
        timeout: float | None = None,
        deadline: float | None = None,
        retries: RetryPolicy | None = None,
        headers: Mapping[str, str] | None = None,
        http_client: httpx.Client | None = None,
        transport: httpx.BaseTransport | None = None,
        logger_name: str = __name__,
        clock: Clock = SYSTEM,
    ) -> None:
        if http_client is not None and not isinstance(http_client, httpx.Client):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError("http_client must be an httpx.Client; an httpx.AsyncClient goes with the async client")
        super().__init__(
            base_url,
            credentials,
            timeout=timeout,
            deadline=deadline,
            retries=retries,
            headers=headers,
            http_client=http_client,
            logger_name=logger_name,
            clock=clock,
        )
        if http_client is not None and transport is not None:
            raise ValueError("give either http_client or transport")
        if http_client is None:
            self._http = httpx.Client(transport=transport, cookies=NoCookies())
            self.use(self._http)
        else:
            self._http = http_client

    def call(self, endpoint: Endpoint[T], kwargs: Mapping[str, Any], options: CallOptions | None = None) -> Response[T]:
        """Call `endpoint`; `kwargs` are arguments of `httpx.Client.request`, `url` being a path. Raises ApiError."""
        exchange = self.exchange(endpoint, kwargs, options)
        steps = exchange.steps()
        try:
            step = next(steps)
            while True:
                step = steps.send(self._result(step, exchange.limit))
        except StopIteration as end:
            answer: Response[T] = end.value
            return answer

    def close(self) -> None:
        """Close the connections, unless they are those of an httpx client that was given."""
        if self._client is None:
            self._http.close()

    def _result(self, step: Step, limit: float | None) -> Result:
        if isinstance(step, httpx.Request):
            return self._answer(step, limit)
        if isinstance(step, Credential):
            try:
                return step.applied()
            except CredentialsError as error:
                return error
        self.clock.sleep(step)
        return None

    def _answer(self, request: httpx.Request, limit: float | None) -> Result:
        arrival = Arrival()
        try:
            response = arrival.response = self._http.send(request, stream=True, follow_redirects=False)
            try:
                is_late = False
                for chunk in response.iter_bytes():
                    arrival.chunks.append(chunk)
                    # What is late and whole is better than an error that leaves open what happened.
                    if is_late:
                        return arrival.broken(DeadlineError())
                    is_late = limit is not None and self.clock.monotonic() >= limit
            finally:
                response.close()
        except Exception as error:  # noqa: BLE001 - the exchange tells which of them it knows
            return arrival.broken(error)
        return arrival.ended(response)
