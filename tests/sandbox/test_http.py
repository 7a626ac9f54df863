"""What HTTP itself asks of a server, checked through the ASGI interface and a real socket."""

from __future__ import annotations

import socket
from collections.abc import Callable

import httpx
import pytest

from specloom.sandbox import RunningSandbox, Sandbox, listen
from specloom.sandbox.limits import LIMITS
from specloom.sandbox.message import Reply, Request
from specloom.spec import Api, SpecloomError

HEADERS = {"authorization": "Bearer sandbox-north-token", "content-type": "application/json"}


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"])
def test_another_method_is_refused_with_those_allowed(sandbox_url: str, method: str) -> None:
    answer = httpx.request(method, f"{sandbox_url}/fuuffy/v1/pickup/cancel")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"


def test_options_says_what_is_allowed(sandbox_url: str) -> None:
    answer = httpx.options(f"{sandbox_url}/fuuffy/v1/pickup/cancel")
    assert (answer.status_code, answer.headers["allow"], answer.content) == (204, "POST", b"")


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
    body = b'"' + b"a" * LIMITS.body + b'"'
    answer = httpx.post(f"{sandbox_url}/fuuffy/v1/pickup/cancel", headers=HEADERS, content=body)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("api", "path", "challenge"),
    [
        ("fuuffy", "/v1/pickup/cancel", 'Bearer realm="sandbox"'),
        ("hypertrack", "/orders/order-1/cancel", 'Basic realm="sandbox", charset="UTF-8"'),
    ],
)
def test_who_sends_no_credentials_is_told_which_to_send(sandbox_url: str, api: str, path: str, challenge: str) -> None:
    answer = httpx.post(f"{sandbox_url}/{api}{path}")
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, challenge)


def test_who_sends_a_wrong_token_is_told_so(sandbox_url: str) -> None:
    answer = httpx.post(f"{sandbox_url}/fuuffy/v1/pickup/cancel", headers={"authorization": "Bearer x"})
    assert answer.headers["www-authenticate"] == 'Bearer realm="sandbox", error="invalid_token"'


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ({"content-type": "text/plain"}, ("accept", "application/json")),
        ({"content-encoding": "gzip"}, ("accept-encoding", "identity")),
    ],
)
def test_a_body_that_is_not_taken_is_answered_with_what_would_be(
    sandbox_url: str, header: dict[str, str], accepted: tuple[str, str]
) -> None:
    answer = httpx.post(f"{sandbox_url}/fuuffy/v1/pickup/cancel", headers={**HEADERS, **header}, content=b"{}")
    assert (answer.status_code, answer.headers[accepted[0]]) == (415, accepted[1])


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


def test_what_fails_within_the_sandbox_ends_neither_it_nor_the_connection(
    load: Callable[[str], Api], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox = Sandbox([load("fastpod")])
    answered, handle = [], sandbox.handle

    async def fail_first(request: Request) -> Reply:
        answered.append(request.path)
        if len(answered) == 1:
            raise RuntimeError("sandbox-north-token")
        return await handle(request)

    monkeypatch.setattr(sandbox, "handle", fail_first)
    with RunningSandbox(sandbox) as server, httpx.Client(base_url=server.url, headers=HEADERS) as client:
        failed = client.post("/v1/orders/F237-120723-000001/cancel")
        worked = client.post("/v1/orders/F237-120723-000001/cancel")
    assert [failed.status_code, worked.status_code] == [500, 200]
    assert failed.headers["content-type"] == "application/problem+json"
    assert "token" not in failed.text
    assert "an answer failed" in caplog.text
