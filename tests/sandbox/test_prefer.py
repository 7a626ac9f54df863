"""What `Prefer` asks for is done, as Prism does it where it knows the preference."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Iterator

import httpx
import pytest

from specloom.sandbox import Sandbox
from specloom.spec import Api

CANCEL = "/v1/pickup/cancel"
HEADERS = {"authorization": "Bearer sandbox-north-token"}
FIRST, SECOND = ({"order_id": "3570983"}, {"order_id": "3570984"})


@pytest.fixture
def client(sandbox_url: str) -> Iterator[httpx.Client]:
    """A client of one API of the sandbox, with credentials."""
    with httpx.Client(base_url=f"{sandbox_url}/fuuffy", headers=HEADERS) as client:
        yield client


def _cancel(client: httpx.Client, prefer: str, body: object = FIRST) -> httpx.Response:
    return client.post(CANCEL, headers={"prefer": prefer}, json=body)


@pytest.mark.parametrize(
    ("prefer", "status", "applied"),
    [
        ("code=500", 500, "code=500"),
        ("code=401, code=500", 401, "code=401"),
        ("code=200, code=500", 200, "code=200"),
        ('example="failure"', 500, "example=failure"),
        ("code=500, example=failure", 500, "code=500, example=failure"),
        ("code=500; example=failure", 500, "code=500, example=failure"),
        ("CODE = 500 , nonsense, x=1;y", 500, "code=500"),
        ("code=200, delay=0.01", 200, "code=200, delay=0.01"),
        ("dynamic=true", 200, "dynamic=true"),
        ("code=200, dynamic=true, seed=a", 200, "code=200, dynamic=true, seed=a"),
        ("dynamic=false", 200, None),
        ("respond-async, wait=10", 200, None),
    ],
)
def test_a_preference_is_honoured(client: httpx.Client, prefer: str, status: int, applied: str | None) -> None:
    answer = _cancel(client, prefer)
    assert (answer.status_code, answer.headers.get("preference-applied")) == (status, applied)


def test_preferences_on_several_lines_are_one_list(client: httpx.Client) -> None:
    answer = client.post(CANCEL, headers=[("prefer", "code=500"), ("prefer", "example=failure")], json=FIRST)
    assert answer.headers["preference-applied"] == "code=500, example=failure"


def test_a_preference_may_stand_in_the_query_as_prism_has_it(client: httpx.Client) -> None:
    assert client.post(f"{CANCEL}?__code=500", json=FIRST).status_code == 500
    with pytest.raises(httpx.RemoteProtocolError):
        client.post(f"{CANCEL}?__fault=drop", json=FIRST)


@pytest.mark.parametrize("seed", ["%0d%0aSet-Cookie:%20a=b", "%00", "%E2%98%83"])
def test_a_preference_in_the_query_adds_no_header(client: httpx.Client, seed: str) -> None:
    answer = client.post(f"{CANCEL}?__dynamic=true&__seed={seed}", json=FIRST)
    assert answer.status_code == 200
    assert answer.headers["preference-applied"].startswith("dynamic=true, seed=")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("prefer", "status"),
    [
        ("code=418", 404),
        ("example=nothing", 404),
        ("code=200, example=failure", 404),
        ("code=abc", 422),
        ("code=600", 422),
        ("dynamic=maybe", 422),
        ("delay=61", 422),
        ("delay=-1", 422),
        ("fault=fire", 422),
        ("flap=many", 422),
        ("flap=101", 422),
        ("x" * 1001, 422),
    ],
)
def test_a_preference_that_cannot_be_met_is_refused_as_prism_does(
    client: httpx.Client, prefer: str, status: int
) -> None:
    answer = _cancel(client, prefer)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


@pytest.mark.parametrize(
    ("headers", "body", "status"), [({"authorization": "Bearer x"}, FIRST, 401), ({}, {"order_id": 1}, 400)]
)
def test_a_request_that_is_not_well_is_refused_whatever_it_prefers(
    client: httpx.Client, headers: dict[str, str], body: object, status: int
) -> None:
    answer = client.post(CANCEL, headers={**headers, "prefer": "code=200"}, json=body)
    assert (answer.status_code, answer.headers.get("preference-applied")) == (status, None)


def test_a_chosen_answer_changes_nothing(client: httpx.Client) -> None:
    assert [_cancel(client, "code=200").status_code for _ in range(2)] == [200, 200]
    assert client.post(CANCEL, json=FIRST).status_code == 200


def test_a_chosen_401_names_the_scheme(client: httpx.Client) -> None:
    assert _cancel(client, "code=401").headers["www-authenticate"].startswith("Bearer ")


@pytest.mark.parametrize(("code", "after"), [(429, "1"), (503, "1"), (502, None), (504, None)])
def test_any_operation_can_be_answered_as_by_a_gateway(client: httpx.Client, code: int, after: str | None) -> None:
    answer = _cancel(client, f"code={code}")
    assert (answer.status_code, answer.headers.get("retry-after")) == (code, after)


def test_a_chosen_answer_has_the_headers_of_a_real_one(sandbox_url: str) -> None:
    headers = {**HEADERS, "prefer": "code=200", "x-correlation-id": "mine"}
    answer = httpx.post(f"{sandbox_url}/ppl/order/cancel?orderReference=ORD-000001", headers=headers)
    assert answer.headers.get_list("x-correlation-id") == ["mine"]


def test_generated_values_are_those_of_the_schema_and_of_the_seed(client: httpx.Client) -> None:
    bodies = [_cancel(client, f"dynamic=true, seed={seed}").json() for seed in ("a", "a", "b")]
    assert bodies[0] == bodies[1] != bodies[2]
    assert all(isinstance(body["data"]["orders"]["order_id"], str) for body in bodies)


def test_an_answer_can_be_delayed(client: httpx.Client) -> None:
    started = time.monotonic()
    assert _cancel(client, "delay=0.2").status_code == 200
    assert time.monotonic() - started >= 0.2


@pytest.mark.parametrize(
    ("fault", "error", "cancelled"),
    [
        ("drop", httpx.RemoteProtocolError, False),
        ("reset", httpx.ReadError, False),
        ("lose", httpx.RemoteProtocolError, True),
        ("cut", httpx.RemoteProtocolError, True),
        ("garbage", httpx.RemoteProtocolError, True),
    ],
)
def test_the_connection_fails(client: httpx.Client, fault: str, error: type[Exception], cancelled: bool) -> None:
    with pytest.raises(error):
        _cancel(client, f"fault={fault}")
    assert client.post(CANCEL, json=FIRST).status_code == (400 if cancelled else 200)


def test_a_body_that_is_cut_begins_well(sandbox_url: str) -> None:
    received = _raw(sandbox_url, "fault=cut")
    head, _, body = received.partition(b"\r\n\r\n")
    length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.startswith(b"content-length"))
    assert head.startswith(b"HTTP/1.1 200 OK")
    assert 0 < len(body) < length


@pytest.mark.parametrize(("fault", "starts"), [("drop", b""), ("lose", b""), ("garbage", b"\x16\x03")])
def test_what_comes_through_the_socket(sandbox_url: str, fault: str, starts: bytes) -> None:
    received = _raw(sandbox_url, f"fault={fault}")
    assert received.startswith(starts)
    assert b"HTTP/1" not in received


def _raw(url: str, prefer: str) -> bytes:
    """Return all bytes that come back for a request, until the connection ends."""
    host, port = url.removeprefix("http://").split(":")
    body = b'{"order_id": "3570983"}'
    lines = [f"POST /fuuffy{CANCEL} HTTP/1.1", f"Host: {host}", f"Authorization: {HEADERS['authorization']}"]
    lines += ["Content-Type: application/json", f"Content-Length: {len(body)}", f"Prefer: {prefer}", "", ""]
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall("\r\n".join(lines).encode() + body)
        received = b""
        while piece := connection.recv(65536):
            received += piece
    return received


def test_a_malformed_body_comes_in_a_well_formed_answer(client: httpx.Client) -> None:
    answer = _cancel(client, "fault=malformed")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        answer.json()


def test_a_slow_answer_comes_in_pieces(client: httpx.Client) -> None:
    with client.stream("POST", CANCEL, headers={"prefer": "fault=slow, delay=0.2"}, json=FIRST) as answer:
        pieces = list(answer.iter_raw())
    assert len(pieces) > 5
    assert b"".join(pieces).startswith(b'{"data"')


@pytest.mark.parametrize(
    ("prefer", "statuses"),
    [
        ("flap=2", [503, 503, 200, 503]),
        ("flap=1, code=429", [429, 200, 429]),
        ("flap=0", [200, 400]),
    ],
)
def test_a_flapping_operation_fails_some_times_and_then_succeeds(
    client: httpx.Client, prefer: str, statuses: list[int]
) -> None:
    assert [_cancel(client, prefer).status_code for _ in statuses] == statuses


def test_a_flapping_connection_fails_some_times_and_then_succeeds(client: httpx.Client) -> None:
    for _ in range(2):
        with pytest.raises(httpx.RemoteProtocolError):
            _cancel(client, "flap=2, fault=drop")
    assert _cancel(client, "flap=2, fault=drop").status_code == 200


def test_each_request_flaps_for_itself(client: httpx.Client) -> None:
    bodies = [FIRST, SECOND, FIRST, SECOND]
    assert [_cancel(client, "flap=1", body).status_code for body in bodies] == [503, 503, 200, 200]


def test_a_fault_that_takes_the_connection_is_an_error_where_there_is_none(load: Callable[[str], Api]) -> None:
    async def ask() -> None:
        transport = httpx.ASGITransport(Sandbox([load("fuuffy")]))
        async with httpx.AsyncClient(transport=transport, base_url="http://sandbox", headers=HEADERS) as client:
            await client.post(CANCEL, headers={"prefer": "fault=drop"}, json=FIRST)

    with pytest.raises(ConnectionError):
        asyncio.run(ask())
