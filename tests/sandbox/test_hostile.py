"""Callers that send too much, too slowly, or what is no HTTP are refused, and harm nobody else."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from specloom.sandbox import SandboxProcess
from specloom.sandbox.limits import LIMITS, Limits

MEGABYTE = 1_000_000
BODY = b'{"order_id": "3570983"}'
START = b"POST /v1/pickup/cancel HTTP/1.1\r\nHost: sandbox\r\n"
HEAD = START + b"Authorization: Bearer sandbox-north-token\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def _process(root: Path) -> Iterator[SandboxProcess]:
    with SandboxProcess([root / "specs/fuuffy/openapi.yaml"], limits=Limits(seconds=1.0)) as process:
        httpx.get(f"{process.url}/_sandbox/").raise_for_status()
        yield process


@pytest.fixture
def server(_process: SandboxProcess) -> Iterator[SandboxProcess]:
    """A server in a process of its own that lives and has the records of a fresh one when the test ends."""
    httpx.post(f"{_process.url}/_sandbox/fuuffy/reset").raise_for_status()
    yield _process
    assert httpx.get(f"{_process.url}/_sandbox/").status_code == 200


def _connect(server: SandboxProcess) -> socket.socket:
    host, port = server.url.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=20)


def _exchange(server: SandboxProcess, *pieces: bytes) -> bytes:
    """Send `pieces` and return all that comes back until the server ends the connection."""
    with _connect(server) as connection:
        for piece in pieces:
            connection.sendall(piece)
        return _rest(connection)


def _rest(connection: socket.socket) -> bytes:
    received = b""
    while piece := connection.recv(65536):
        received += piece
    return received


def _post(body: bytes, *, head: bytes = HEAD, last: bool = True) -> bytes:
    close = b"Connection: close\r\n" if last else b""
    return head + close + b"Content-Length: %d\r\n\r\n" % len(body) + body


def _chunked(body: bytes) -> bytes:
    return HEAD + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"


def _statuses(received: bytes) -> list[int]:
    return [int(status) for status in re.findall(rb"HTTP/1\.1 ([0-9]{3}) ", received)]


def _memory(server: SandboxProcess) -> int:
    """Return the most memory that the process has had so far, in bytes."""
    status = Path(f"/proc/{server.pid}/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def test_a_request_is_answered(server: SandboxProcess) -> None:
    assert _statuses(_exchange(server, _post(BODY))) == [200]


@pytest.mark.parametrize("write", [_post, _chunked])
def test_a_body_of_10_megabytes_is_refused_and_takes_no_memory(server: SandboxProcess, write: object) -> None:
    assert callable(write)
    before = _memory(server)
    body = write(b'"' + b"a" * 10 * MEGABYTE + b'"')
    assert [_statuses(_exchange(server, body)) for _ in range(5)] == [[413]] * 5
    assert _memory(server) - before < 8 * MEGABYTE


def test_the_longest_body_is_read(server: SandboxProcess) -> None:
    padded = BODY[:-1] + b', "a": "%s"}' % (b"a" * (LIMITS.body - len(BODY) - 9))
    assert len(padded) == LIMITS.body
    assert _statuses(_exchange(server, _post(padded))) == [200]


def test_whoever_asks_before_sending_a_long_body_is_not_told_to_go_on(server: SandboxProcess) -> None:
    with _connect(server) as connection:
        connection.sendall(HEAD + b"Expect: 100-continue\r\nContent-Length: 10000000\r\n\r\n")
        assert _statuses(_rest(connection)) == [413]


def test_whoever_asks_before_sending_a_body_is_told_to_go_on(server: SandboxProcess) -> None:
    with _connect(server) as connection:
        connection.sendall(HEAD + b"Expect: 100-continue\r\nConnection: close\r\nContent-Length: 23\r\n\r\n")
        assert connection.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(BODY)
        assert _statuses(_rest(connection)) == [200]


@pytest.mark.parametrize(
    ("sent", "statuses"),
    [
        pytest.param(HEAD + b"Content-Length: 23\r\n\r\n{", [408], id="body"),
        pytest.param(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{", [408], id="chunk"),
        pytest.param(HEAD, [408], id="head"),
        pytest.param(b"", [], id="nothing"),
    ],
)
def test_what_does_not_arrive_in_time_is_refused(server: SandboxProcess, sent: bytes, statuses: list[int]) -> None:
    assert _statuses(_exchange(server, sent)) == statuses


def test_a_slow_caller_keeps_nobody_waiting(server: SandboxProcess) -> None:
    with _connect(server) as slow:
        slow.sendall(HEAD + b"Content-Length: 23\r\n\r\n")
        assert _statuses(_exchange(server, _post(BODY))) == [200]
        slow.sendall(BODY)
        assert slow.recv(100).startswith(b"HTTP/1.1 400 ")  # the other one has cancelled it


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param(START + b"x: y\r\n" * 10_000 + b"\r\n", 431, id="10,000 headers"),
        pytest.param(START + b"".join(b"x%d: y\r\n" % n for n in range(LIMITS.fields)) + b"\r\n", 431, id="headers"),
        pytest.param(START + b"x: " + b"y" * 100_000 + b"\r\n\r\n", 431, id="long header"),
        pytest.param(START + b"x: " + b"y" * 10 * MEGABYTE, 431, id="endless header"),
        pytest.param(START + b"y" * 10 * MEGABYTE, 431, id="endless name"),
        pytest.param(b"GET /" + b"y" * 9000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414, id="long target"),
        pytest.param(b"GET /" + b"y" * 10 * MEGABYTE, 431, id="endless target"),
    ],
)
def test_a_head_that_is_too_large_is_refused(server: SandboxProcess, sent: bytes, status: int) -> None:
    before = _memory(server)
    assert _statuses(_exchange(server, sent)) == [status]
    assert _memory(server) - before < 8 * MEGABYTE


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", id="TLS"),
        pytest.param(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", id="HTTP/2"),
        pytest.param(b"\x00" * 1000, id="zeros"),
        pytest.param(b"GET / HTTP/1.1\r\n\r\n", id="no Host"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", id="two Hosts"),
        pytest.param(HEAD + b"Content-Length: -1\r\n\r\n", id="negative length"),
        pytest.param(HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n12", id="two lengths"),
        pytest.param(HEAD + b"Content-Length: 23\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", id="smuggling"),
        pytest.param(HEAD + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n", id="no chunk"),
        pytest.param(START + b"bad header: x\r\n\r\n", id="space in name"),
        pytest.param(START + b"x: a\x00b\r\n\r\n", id="NUL in value"),
        pytest.param(b"CONNECT sandbox:443 HTTP/1.1\r\nHost: sandbox\r\n\r\n", id="CONNECT"),
        pytest.param(b"FROBNICATE / HTTP/1.1\r\nHost: a\r\n\r\n", id="unknown method"),
    ],
)
def test_what_is_no_http_is_refused(server: SandboxProcess, sent: bytes) -> None:
    received = _exchange(server, sent)
    assert _statuses(received) == [400]
    assert b"content-type: application/problem+json\r\n" in received


def test_an_upgrade_is_not_made(server: SandboxProcess) -> None:
    head = b"GET /_sandbox/ HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    with _connect(server) as connection:
        connection.sendall(head)
        assert connection.recv(100).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"[" * 100 + b"]" * 100, id="100 levels"),
        pytest.param(b"[" * 500_000, id="500,000 levels"),
        pytest.param(b'{"order_id": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001, id="100,000 objects"),
        pytest.param(b"[" + b"[]," * 300_000 + b"[]]", id="300,000 arrays"),
        pytest.param(b'{"order_id": "\xff"}', id="not UTF-8"),
        pytest.param(b'{"order_id": "\xed\xa0\x80"}', id="surrogate"),
        pytest.param(b'{"order_id": "1", "order_id": "3570983"}', id="duplicate"),
        pytest.param(b'{"order_id": "3570983", "a": NaN}', id="NaN"),
        pytest.param(b'{"order_id": "3570983", "a": %s}' % (b"9" * 500_000), id="long number"),
        pytest.param(b"\xef\xbb\xbf" + BODY, id="byte order mark"),
    ],
)
def test_what_is_no_proper_json_is_refused_as_documented(server: SandboxProcess, body: bytes) -> None:
    received = _exchange(server, _post(body))
    assert _statuses(received) == [400]
    assert b'"error_trace":[{"field":' in received


def test_requests_in_a_row_are_answered_in_their_order(server: SandboxProcess) -> None:
    bodies = [b'{"order_id": "%d"}' % (3570983 + number) for number in range(50)]
    sent = b"".join(_post(body, last=body is bodies[-1]) for body in bodies)
    received = _exchange(server, sent)
    assert _statuses(received) == [200] * 50
    assert re.findall(rb'"orders":\{"order_id":"([0-9]+)"', received) == [body[14:21] for body in bodies]


def test_the_answers_before_a_malformed_request_still_come(server: SandboxProcess) -> None:
    assert _statuses(_exchange(server, _post(BODY, last=False) + b"NONSENSE\r\n\r\n")) == [200, 400]


def test_many_requests_in_a_row_take_little_memory(server: SandboxProcess) -> None:
    before = _memory(server)
    request = b"GET /x HTTP/1.1\r\nHost: a\r\n\r\n"
    with _connect(server) as connection:
        connection.settimeout(0.5)
        sent = 0
        try:
            # Nobody reads the answers, so that the server stops to read at some time.
            while sent < 50 * MEGABYTE:
                sent += connection.send(request * 1000)
        except TimeoutError:
            pass
    assert sent < 50 * MEGABYTE
    assert _memory(server) - before < 40 * MEGABYTE


@pytest.mark.parametrize("sent", [HEAD, HEAD + b"Content-Length: 23\r\n\r\n{", _post(BODY, last=False)])
def test_callers_that_go_away_are_forgotten(server: SandboxProcess, sent: bytes) -> None:
    before = _memory(server)
    for _ in range(300):
        with _connect(server) as connection:
            connection.sendall(sent)
    assert httpx.get(f"{server.url}/_sandbox/").status_code == 200
    assert _memory(server) - before < 8 * MEGABYTE


def test_a_request_that_breaks_off_is_not_carried_out(server: SandboxProcess) -> None:
    # What has arrived is a request by itself; the length says that more was to come.
    with _connect(server) as connection:
        connection.sendall(HEAD + b"Content-Length: 24\r\n\r\n" + BODY)
    assert _statuses(_exchange(server, _post(BODY))) == [200]


def test_refused_requests_are_not_carried_out(server: SandboxProcess) -> None:
    fresh = httpx.get(f"{server.url}/_sandbox/fuuffy/digest").json()
    for body in (BODY[:-1], BODY + b"}", b"[" * 100):
        assert _statuses(_exchange(server, _post(body))) == [400]
    assert httpx.get(f"{server.url}/_sandbox/fuuffy/digest").json() == fresh
