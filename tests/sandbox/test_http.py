"""What HTTP itself asks of a server, checked through the ASGI interface and a real socket."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

import httpx
import pytest

from specloom.sandbox import RunningSandbox, Sandbox, listen
from specloom.sandbox.app import MAX_BODY
from specloom.spec import Api, SpecloomError

HEADERS = {"authorization": "Bearer sandbox-north-token", "content-type": "application/json"}


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"])
def test_another_method_is_refused_with_those_allowed(sandbox_url: str, method: str) -> None:
    answer = httpx.request(method, f"{sandbox_url}/fuuffy/v1/pickup/cancel")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"


@pytest.mark.parametrize(
    "path",
    [
        "/fastpod/v1/orders//cancel",
        "/fastpod/v1/orders/a/cancel/",
        "/fastpod/V1/orders/a/cancel",
        "/fastpod",
        "/other/x",
        "/fastpod/v1/orders/a/b/cancel",
        "/v1/orders/a/cancel",
        "/fastpod/v1/orders/%ff/cancel",
    ],
)
def test_a_path_that_no_operation_has_is_not_found(sandbox_url: str, path: str) -> None:
    assert httpx.post(sandbox_url + path, headers=HEADERS).status_code == 404


def test_a_path_parameter_is_decoded_as_one_segment(sandbox_url: str) -> None:
    answer = httpx.post(f"{sandbox_url}/fastpod/v1/orders/a%2Fb%20c/cancel", headers=HEADERS)
    assert answer.status_code == 422


def test_a_single_api_is_served_at_the_root_too(load: Callable[[str], Api]) -> None:
    with RunningSandbox(Sandbox([load("fastpod")])) as sandbox:
        at_root = httpx.post(f"{sandbox.url}/v1/orders/F237-120723-000001/cancel", headers=HEADERS)
        below = httpx.post(f"{sandbox.url}/fastpod/v1/orders/F237-120723-000002/cancel", headers=HEADERS)
    assert [at_root.status_code, below.status_code] == [200, 200]


def test_a_body_that_is_too_long_is_refused(sandbox_url: str) -> None:
    body = b'"' + b"a" * MAX_BODY + b'"'
    answer = httpx.post(f"{sandbox_url}/fuuffy/v1/pickup/cancel", headers=HEADERS, content=body)
    assert answer.status_code == 413


def test_a_port_in_use_is_said_so() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(SpecloomError, match="cannot listen") as caught:
        listen("127.0.0.1", taken.getsockname()[1])
    assert "--port" in caught.value.remedy


def test_a_host_that_does_not_exist_is_said_so() -> None:
    with pytest.raises(SpecloomError, match=r"cannot listen on no\.invalid:0"):
        listen("no.invalid", 0)


def test_a_client_that_goes_away_leaves_the_sandbox_alive(sandbox_url: str) -> None:
    host, port = sandbox_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(b"POST /fuuffy/v1/pickup/cancel HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{")
    assert httpx.get(f"{sandbox_url}/_sandbox/").status_code == 200


@pytest.mark.parametrize(
    ("prefer", "status", "applied"),
    [
        ("code=500", 500, "code=500"),
        ("code=401, code=500", 401, "code=401"),
        ('example="failure"', 500, "example=failure"),
        ("code=200; x=1, delay=0.01", 200, "code=200, delay=0.01"),
        ("respond-async", 404, None),
    ],
)
def test_a_preference_is_honoured(sandbox_url: str, prefer: str, status: int, applied: str | None) -> None:
    url = f"{sandbox_url}/fuuffy/v1/pickup/cancel"
    answer = httpx.post(url, headers={**HEADERS, "prefer": prefer}, json={"order_id": "1"})
    assert answer.status_code == status
    assert answer.headers.get("preference-applied") == applied


@pytest.mark.parametrize(
    "prefer", ["code=418", "code=abc", "example=nothing", "delay=61", "delay=-1", "code=200, example=x"]
)
def test_a_preference_that_cannot_be_met_is_refused(sandbox_url: str, prefer: str) -> None:
    url = f"{sandbox_url}/fuuffy/v1/pickup/cancel"
    answer = httpx.post(url, headers={**HEADERS, "prefer": prefer}, json={"order_id": "1"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_answer_can_be_delayed(sandbox_url: str) -> None:
    started = time.monotonic()
    httpx.post(f"{sandbox_url}/ppl/order/cancel", headers={**HEADERS, "prefer": "delay=0.2"})
    assert time.monotonic() - started >= 0.2
