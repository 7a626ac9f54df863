"""No credential of any package is found where people or programs may look: canaries are searched for everywhere."""

from __future__ import annotations

import asyncio
import json
import logging
import pickle
import traceback
from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import httpx
import pytest
from tests.generated.calls import CALLS, Call, arguments_of, package_of

CANARY: Final = 'canary-51c0-äÖ&"/'
PASSWORD: Final = "canary-77d2:ß %"
EACH = pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.api}-{call.operation}")
BOTH = pytest.mark.parametrize("style", ["sync", "async"])
GIVEN = pytest.mark.parametrize("given", [lambda secret: secret, lambda secret: lambda: secret], ids=["text", "called"])
pytestmark = pytest.mark.usefixtures("packages")


def _credentials(call: Call) -> dict[str, str]:
    return {"user": CANARY, "password": PASSWORD} if call.api == "hypertrack" else {"token": "canary-51c0-token"}


def _forms(call: Call) -> Iterator[str]:
    """Yield each way in which the credentials may be written."""
    secrets = _credentials(call)
    for secret in secrets.values():
        yield from (secret, repr(secret)[1:-1], json.dumps(secret)[1:-1], str(httpx.QueryParams({"": secret}))[1:])
    if "user" in secrets:
        yield b64encode(f"{CANARY}:{PASSWORD}".encode()).decode()


def _answers(call: Call) -> Iterator[Callable[[httpx.Request], httpx.Response]]:
    """Yield what a server may do; some of it tells the credential that was sent."""
    yield lambda _: httpx.Response(401)
    yield lambda request: httpx.Response(418, json={"sent": request.headers["authorization"], **_credentials(call)})
    yield lambda request: httpx.Response(200, text=f"not JSON: {request.headers['authorization']}")
    yield lambda request: httpx.Response(500, json={"message": [request.headers["authorization"]]})
    yield lambda request: httpx.Response(503, headers={"Retry-After": "0"}, text=request.headers["authorization"])
    for error in (httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError):
        yield partial(_fail, error)


def _fail(error: type[httpx.RequestError], request: httpx.Request) -> httpx.Response:
    raise error(f"sent {request.headers['authorization']}", request=request)


@EACH
@BOTH
@GIVEN
def test_a_credential_is_in_no_log_error_repr_or_pickle(
    call: Call, style: str, given: Callable[[str], Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    package = package_of(call)
    arguments = arguments_of(call, call.live)
    group, method = call.method.split(".")
    told: list[str] = []
    for answer in _answers(call):
        settings = {
            **{name: given(secret) for name, secret in _credentials(call).items()},
            "base_url": "https://example.test",
            "transport": httpx.MockTransport(answer),
            "retries": package.RetryPolicy(attempts=2, first_delay=0.0),
        }
        client = getattr(package, call.client if style == "sync" else f"Async{call.client}")(**settings)
        send = getattr(getattr(client, group), method)
        with pytest.raises(package.ApiError) as raised:
            _ = asyncio.run(send(**arguments)) if style == "async" else send(**arguments)
        error = raised.value
        with pytest.raises(TypeError, match="cannot be pickled"):
            pickle.dumps(client)
        told += [repr(client), repr(vars(client)), str(error), repr(error)]
        told += ["".join(traceback.format_exception(error, chain=True))]
        # The answer is attached as it came, whatever the server said in it.
        if error.response is None or not any(form in error.response.text for form in _forms(call)):
            told += [repr(vars(error)), pickle.dumps(error).decode("latin-1")]
    told.append(caplog.text)
    assert "POST https://example.test/" in caplog.text
    for form in _forms(call):
        assert [text for text in told if form in text] == []
