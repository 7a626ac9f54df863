"""Make calls with httpx that are to be awaited (asyncio)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, NoReturn, TypeVar

import httpx

from specloom.generate.runtime.call import Call
from specloom.generate.runtime.clock import SYSTEM, Clock
from specloom.generate.runtime.credential_set import Credentials
from specloom.generate.runtime.credentials import Credential
from specloom.generate.runtime.endpoint import Endpoint
from specloom.generate.runtime.logs import CallLog
from specloom.generate.runtime.options import CallOptions, RetryPolicy
from specloom.generate.runtime.requests import RequestMaker
from specloom.generate.runtime.responses import Response

T = TypeVar("T")

_NO_OPTIONS = CallOptions()


class AsyncSession:
    """Calls operations over one httpx client; it may be shared between the tasks of an event loop.

    `timeout` is in seconds for each step of an attempt, `deadline` in seconds for each call with its retries, None for
    no limit. An `http_client` that is given is used as it is and not closed; `transport` is for a client of its own.
    """

    def __init__(  # noqa: PLR0913 - what there is to choose
        self,
        base_url: str,
        credentials: Mapping[str, Credential] | None = None,
        *,
        timeout: float | None = 30.0,
        deadline: float | None = None,
        retries: RetryPolicy | None = None,
        headers: Mapping[str, str] | None = None,
        http_client: httpx.AsyncClient | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        logger_name: str = __name__,
        clock: Clock = SYSTEM,
    ) -> None:
        """Make a session. Raises RequestValidationError for a base URL or a header that cannot be sent."""
        known = dict(http_client.headers) if http_client is not None else {}
        self._maker = RequestMaker(base_url, {**known, **(headers or {})}, logger_name)
        self._credentials = Credentials(credentials or {})
        self._defaults = (timeout, deadline, retries or RetryPolicy())
        self._log = CallLog(logger_name)
        self._clock = clock
        self._is_own = http_client is None
        self._client = http_client or httpx.AsyncClient(transport=transport, follow_redirects=False)

    @property
    def base_url(self) -> str:
        """The URL that the paths of operations are appended to."""
        return self._maker.base_url

    async def call(
        self, endpoint: Endpoint[T], call: Mapping[str, Any], options: CallOptions | None = None
    ) -> Response[T]:
        """Make a call: `call` is what the generated code gives for it, keyword arguments of httpx.

        Raises ApiError, and nothing else whatever the answer; RuntimeError when the client is closed.
        """
        if self._client.is_closed:
            raise RuntimeError("the client is closed")
        credentials, constant = self._credentials.needed(endpoint)
        state = Call(endpoint, call, options or _NO_OPTIONS, self._defaults, self._maker, self._log, self._clock)
        while True:
            applied = [await each.applied_async() for each in credentials] if constant is None else constant
            wait = await self._attempt(state, state.request(applied))
            if wait is None:
                return state.result()
            await self._clock.sleep_async(wait)

    async def _attempt(self, state: Call[T], request: httpx.Request) -> float | None:
        """Send a request; return the seconds to wait for the next one, None when the call is over."""
        answer: httpx.Response | None = None
        try:
            async with asyncio.timeout(state.left):
                answer = await self._client.send(request, stream=True, follow_redirects=False)
                try:
                    content = await answer.aread()
                finally:
                    await answer.aclose()
        # Told apart below, outside of this block: the errors of httpx hold requests with credentials.
        except Exception as error:  # noqa: BLE001
            failure = error
        else:
            return state.answered(answer, content)
        return state.failed(failure, answer)

    async def aclose(self) -> None:
        """Close the connections, unless the httpx client was given."""
        if self._is_own:
            await self._client.aclose()

    def __repr__(self) -> str:
        return f"AsyncSession({self.base_url!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a client holds connections and credentials and cannot be pickled; make one in each process")
