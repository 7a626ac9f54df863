"""Make calls with httpx, and wait for them."""

from __future__ import annotations

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


class Session:
    """Calls operations over one httpx client; it may be shared between threads.

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
        http_client: httpx.Client | None = None,
        transport: httpx.BaseTransport | None = None,
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
        self._client = http_client or httpx.Client(transport=transport, follow_redirects=False)

    @property
    def base_url(self) -> str:
        """The URL that the paths of operations are appended to."""
        return self._maker.base_url

    def call(self, endpoint: Endpoint[T], call: Mapping[str, Any], options: CallOptions | None = None) -> Response[T]:
        """Make a call: `call` is what the generated code gives for it, keyword arguments of httpx.

        Raises ApiError, and nothing else whatever the answer; RuntimeError when the client is closed.
        """
        if self._client.is_closed:
            raise RuntimeError("the client is closed")
        credentials, constant = self._credentials.needed(endpoint)
        state = Call(endpoint, call, options or _NO_OPTIONS, self._defaults, self._maker, self._log, self._clock)
        while True:
            applied = [each.applied() for each in credentials] if constant is None else constant
            wait = self._attempt(state, state.request(applied))
            if wait is None:
                return state.result()
            self._clock.sleep(wait)

    def _attempt(self, state: Call[T], request: httpx.Request) -> float | None:
        """Send a request; return the seconds to wait for the next one, None when the call is over."""
        answer: httpx.Response | None = None
        try:
            answer = self._client.send(request, stream=True, follow_redirects=False)
            try:
                content = answer.read() if state.left is None else self._read(state, answer)
            finally:
                answer.close()
        # Told apart below, outside of this block: the errors of httpx hold requests with credentials.
        except Exception as error:  # noqa: BLE001
            failure = error
        else:
            return state.answered(answer, content)
        return state.failed(failure, answer)

    @staticmethod
    def _read(state: Call[T], answer: httpx.Response) -> bytes:
        """Read the body piece by piece, so that a slow one cannot outlast the deadline."""
        pieces: list[bytes] = []
        for piece in answer.iter_bytes():
            state.check_deadline()
            pieces.append(piece)
        state.check_deadline()
        return b"".join(pieces)

    def close(self) -> None:
        """Close the connections, unless the httpx client was given."""
        if self._is_own:
            self._client.close()

    def __repr__(self) -> str:
        return f"Session({self.base_url!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a client holds connections and credentials and cannot be pickled; make one in each process")
