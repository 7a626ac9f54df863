"""What a package promises beyond the call itself, tried with its own transport for tests."""

from __future__ import annotations

import asyncio
import logging
import pickle
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest

SECRET = "canary-51c0"
BASE = "https://example.test"


@pytest.fixture
def package(packages: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """One of the packages, with nothing about it in the environment."""
    assert packages.is_dir()
    for name in ("TOKEN", "BASE_URL", "ENVIRONMENT"):
        monkeypatch.delenv(f"FUUFFY_{name}", raising=False)
    return import_module("fuuffy_client")


@pytest.fixture
def transport(package: Any) -> Any:
    """Answer from the examples."""
    return import_module(f"{package.__name__}.testing").ExampleTransport()


@pytest.fixture
def client(package: Any, transport: Any) -> Callable[..., Any]:
    """Make a client that does not wait between attempts."""

    def make(**settings: Any) -> Any:
        policy = package.RetryPolicy(first_delay=0.0)
        given = {"token": SECRET, "base_url": BASE, "transport": transport, "retries": policy, **settings}
        return package.Fuuffy(**given)

    return make


def _failure(api: Any, package: Any, **options: Any) -> Any:
    with pytest.raises(package.ApiError) as caught:
        api.pickup.cancel(order_id="1", **options)
    return caught.value


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ConnectTimeout])
def test_a_call_is_repeated_when_nothing_was_sent(
    client: Callable[..., Any], transport: Any, error: type[httpx.TransportError]
) -> None:
    transport.fail(error=error, times=2)
    assert client().pickup.cancel_with_response(order_id="1").attempts == 3


@pytest.mark.parametrize("error", [httpx.ReadTimeout, httpx.RemoteProtocolError])
def test_a_cancel_that_may_have_arrived_is_not_repeated_unless_asked_for(
    client: Callable[..., Any], package: Any, transport: Any, error: type[httpx.TransportError]
) -> None:
    transport.fail(error=error, times=1)
    failure = _failure(client(), package)
    assert (failure.may_have_been_applied, failure.attempts, len(transport.requests)) == (True, 1, 1)
    transport.fail(error=error, times=1)
    policy = package.RetryPolicy(first_delay=0.0, repeat_ambiguous=True)
    options = package.CallOptions(retries=policy)
    assert client().pickup.cancel_with_response(order_id="1", options=options).attempts == 2


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_again(client: Callable[..., Any], transport: Any, status: int) -> None:
    transport.reply(status=status, body={}, headers={"Retry-After": "0"}, times=1)
    assert client().pickup.cancel_with_response(order_id="1").attempts == 2


@pytest.mark.parametrize("after", ["3600", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_longer_wait_than_allowed_is_not_waited(
    client: Callable[..., Any], package: Any, transport: Any, after: str
) -> None:
    transport.reply(status=503, body={}, headers={"Retry-After": after})
    failure = _failure(client(), package)
    assert (failure.status_code, failure.attempts) == (503, 1)
    assert failure.retry_after >= 3600
    assert failure.may_have_been_applied is False


def test_options_are_those_of_one_call(client: Callable[..., Any], package: Any, transport: Any) -> None:
    transport.fail(times=1)
    options = package.CallOptions(retries=package.RetryPolicy(attempts=1), headers={"X-Trace": "7"})
    api = client()
    assert _failure(api, package, options=options).may_have_been_applied is False
    api.pickup.cancel(order_id="1")
    assert [each.headers.get("x-trace") for each in transport.requests] == ["7", None]


@pytest.mark.parametrize(
    ("arguments", "variables", "url"),
    [
        ({}, {}, "https://api-gateway.fuuffy.com"),
        ({"environment": "testing"}, {"ENVIRONMENT": "production"}, "https://testing-api-gateway.fuuffy.com"),
        ({}, {"ENVIRONMENT": "testing"}, "https://testing-api-gateway.fuuffy.com"),
        ({}, {"BASE_URL": "https://a.test/b", "ENVIRONMENT": "testing"}, "https://a.test/b"),
        ({"base_url": "https://c.test/d/"}, {"BASE_URL": "https://a.test/b"}, "https://c.test/d"),
    ],
)
def test_the_server_is_named_or_given(
    package: Any,
    transport: Any,
    monkeypatch: pytest.MonkeyPatch,
    arguments: Mapping[str, str],
    variables: Mapping[str, str],
    url: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(f"FUUFFY_{name}", value)
    package.Fuuffy(token=SECRET, transport=transport, **arguments).pickup.cancel(order_id="1")
    assert transport.requests[0].url == f"{url}/v1/pickup/cancel"


def test_a_credential_is_a_value_a_function_or_a_variable(package: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["authorization"])
        return httpx.Response(503, headers={"Retry-After": "0"})

    tokens = iter("abc")
    settings = {"base_url": BASE, "transport": httpx.MockTransport(answer)}
    _failure(package.Fuuffy(token=lambda: next(tokens), **settings), package)
    monkeypatch.setenv("FUUFFY_TOKEN", "d")
    _failure(package.Fuuffy(retries=package.RetryPolicy(attempts=1), **settings), package)
    assert seen == [f"Bearer {each}" for each in "abcd"]


def test_a_credential_is_in_no_log_error_repr_or_pickle(
    client: Callable[..., Any], package: Any, transport: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    transport.reply(status=503, body={}, times=1)
    transport.reply(status=401)
    api = client()
    failure = _failure(api, package)
    told = [caplog.text, str(failure), repr(failure), str(vars(failure)), repr(api), repr(vars(api))]
    assert "POST https://example.test/v1/pickup/cancel" in caplog.text
    assert not any(SECRET in text for text in told)
    copied = pickle.loads(pickle.dumps(failure))  # noqa: S301 - made here
    assert (type(copied), str(copied), copied.status_code) == (type(failure), str(failure), 401)
    assert SECRET.encode() not in pickle.dumps(failure)


def test_the_async_client_keeps_the_same_promises(package: Any, transport: Any) -> None:
    transport.fail(times=1)
    transport.fail(error=httpx.ReadTimeout)

    async def call() -> Any:
        policy = package.RetryPolicy(first_delay=0.0)
        async with package.AsyncFuuffy(token=SECRET, base_url=BASE, transport=transport, retries=policy) as api:
            with pytest.raises(package.ApiTimeoutError) as caught:
                await api.pickup.cancel(order_id="1")
        return caught.value

    failure = asyncio.run(call())
    assert (failure.attempts, failure.may_have_been_applied) == (2, True)
