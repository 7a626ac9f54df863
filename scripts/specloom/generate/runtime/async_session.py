"""Send the requests of calls, and await the answers (asyncio)."""

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


class AsyncSession(Core):
    """Sends requests and awaits the answers; tasks of an event loop may share it. Its arguments are as in Session."""

    def __init__(  # noqa: PLR0913 - what there is to choose
        self,
        base_url: str,
        credentials: Mapping[str, Credential],
        *,
        timeout: float | None = None,
        deadline: float | None = None,
        retries: RetryPolicy | None = None,
        headers: Mapping[str, str] | None = None,
        http_client: httpx.AsyncClient | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        logger_name: str = __name__,
        clock: Clock = SYSTEM,
    ) -> None:
        if http_client is not None and not isinstance(http_client, httpx.AsyncClient):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(
                "http_client must be an httpx.AsyncClient; an httpx.Client goes with the client that is not async"
            )
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
            self._http = httpx.AsyncClient(transport=transport, cookies=NoCookies())
            self.use(self._http)
        else:
            self._http = http_client

    async def call(
        self, endpoint: Endpoint[T], kwargs: Mapping[str, Any], options: CallOptions | None = None
    ) -> Response[T]:
        """Call `endpoint`; `kwargs` are those of `httpx.AsyncClient.request`, `url` being a path. Raises ApiError."""
        exchange = self.exchange(endpoint, kwargs, options)
        steps = exchange.steps()
        try:
            step = next(steps)
            while True:
                step = steps.send(await self._result(step, exchange.left()))
        except StopIteration as end:
            answer: Response[T] = end.value
            return answer

    async def aclose(self) -> None:
        """Close the connections, unless they are those of an httpx client that was given."""
        if self._client is None:
            await self._http.aclose()

    async def _result(self, step: Step, left: float | None) -> Result:
        if isinstance(step, (float, int)):
            await self.clock.sleep_async(step)
            return None
        arrival = Arrival()
        if left is None:
            return await self._awaited(step, arrival)
        import asyncio  # noqa: PLC0415 - clients that are not async need not wait for this import

        scope = asyncio.timeout(max(0.0, left))
        try:
            async with scope:
                return await self._awaited(step, arrival)
        except TimeoutError:
            return arrival.broken(DeadlineError())

    async def _awaited(self, step: httpx.Request | Credential, arrival: Arrival) -> Result:
        if isinstance(step, httpx.Request):
            return await self._answer(step, arrival)
        try:
            return await step.applied_async()
        except CredentialsError as error:
            return error

    async def _answer(self, request: httpx.Request, arrival: Arrival) -> Result:
        try:
            response = arrival.response = await self._http.send(request, stream=True, follow_redirects=False)
            try:
                async for chunk in response.aiter_bytes():
                    arrival.chunks.append(chunk)
            finally:
                await response.aclose()
        except Exception as error:  # noqa: BLE001 - the exchange tells which of them it knows
            return arrival.broken(error)
        return arrival.ended(response)
