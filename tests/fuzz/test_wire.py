"""Requests reach a server byte for byte as they were written, and whatever comes back is told apart."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from specloom.fuzz.control import ControlPlane
from specloom.fuzz.wire import AsgiWire, HttpWire, NoAnswerError, Request
from specloom.sandbox import Sandbox
from specloom.spec import Api

Load = Callable[[str], Api]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: 1\r\nX-A: 2\r\n\r\nok"


@contextmanager
def _server(*answers: bytes | None) -> Iterator[tuple[str, list[bytes], list[int]]]:
    """Answer one request after the other with these bytes; None closes the connection. Yield URL, requests, lengths."""
    listener = socket.create_server(("127.0.0.1", 0))
    requests: list[bytes] = []
    connections: list[int] = []

    def serve() -> None:
        left = list(answers)
        while left:
            connection, _ = listener.accept()
            connections.append(len(requests))
            with connection:
                while left and (data := connection.recv(65536)):
                    requests.append(data)
                    answer = left.pop(0)
                    if answer is None:
                        break
                    connection.sendall(answer)
                    if b"Connection: close" in answer or answer.startswith(b"HTTP/1.1 200 OK\r\nContent-Length: 9"):
                        break

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/base/", requests, connections
    finally:
        listener.close()
        thread.join(10)


def test_a_request_goes_out_as_it_was_written() -> None:
    request = Request("PoSt", "/a%2Fb/../c?q=1&q=%zz", (("X-One", "1"), ("x-one", "\xff"), ("X-Empty", "")), b"\x00{")
    with _server(OK) as (url, requests, _), HttpWire(url, 5) as wire:
        answer = wire.send(request)
        host = url.removeprefix("http://").partition("/")[0]
    assert requests == [
        b"PoSt /base/a%2Fb/../c?q=1&q=%zz HTTP/1.1\r\nhost: "
        + host.encode()
        + b"\r\nX-One: 1\r\nx-one: \xff\r\nX-Empty: \r\ncontent-length: 2\r\n\r\n\x00{"
    ]
    assert (answer.status, answer.body, answer.header_values("x-a")) == (200, b"ok", ["1", "2"])
    assert answer.seconds > 0


def test_a_connection_is_kept_and_replaced_when_the_server_closed_it() -> None:
    closing = OK.replace(b"X-A: 1", b"Connection: close")
    with _server(OK, closing, OK) as (url, requests, connections), HttpWire(url, 5) as wire:
        assert [wire.send(Request("GET", "/")).status for _ in range(3)] == [200, 200, 200]
    assert connections == [0, 2]
    assert len(requests) == 3
    assert b"content-length" not in requests[0]


def test_a_connection_that_was_closed_unannounced_is_opened_again() -> None:
    with _server(OK, None, OK) as (url, requests, connections), HttpWire(url, 5) as wire:
        assert [wire.send(Request("GET", "/")).status for _ in range(2)] == [200, 200]
    assert (len(requests), connections) == (3, [0, 2])


@pytest.mark.parametrize(
    "answer",
    [None, b"SSH-2.0-x\r\n", OK.replace(b"Length: 2", b"Length: 9")],
    ids=["none", "no HTTP", "one that breaks off"],
)
def test_what_is_no_whole_answer_is_an_error(answer: bytes | None) -> None:
    with _server(answer) as (url, _, __), HttpWire(url, 0.5) as wire, pytest.raises(NoAnswerError):
        wire.send(Request("GET", "/"))


def test_nobody_answering_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with HttpWire(f"http://127.0.0.1:{port}", 0.05) as wire, pytest.raises(NoAnswerError, match="in time"):
            wire.send(Request("GET", "/"))
    with HttpWire(f"http://127.0.0.1:{port}", 5) as wire, pytest.raises(NoAnswerError, match="refused"):
        wire.send(Request("GET", "/"))


def test_both_wires_give_the_same_answers(load: Load, sandbox_url: str) -> None:
    headers = (("authorization", "Bearer sandbox-north-token"), ("x-correlation-id", "c"))
    requests = [
        Request("POST", "/order/cancel?orderReference=ORD-00000%31", (*headers, ("X-LogLevel", "Error"))),
        Request("POST", "/order/cancel", headers, b"{"),
        Request("POST", "/order/cancel", (*headers, ("content-type", "application/json")), b'{"note": "\xc3\xa9"}'),
        Request("POST", "/order%2Fcancel", headers),
        Request("HEAD", "/order/cancel", headers),
        Request("DELETE", "/order/cancel", ()),
    ]
    asgi = AsgiWire(Sandbox([load("ppl")]), "/ppl")
    with HttpWire(f"{sandbox_url}/ppl", 5) as http:
        for request in requests:
            left, right = http.send(request), asgi.send(request)
            assert (left.status, left.body) == (right.status, right.body)
            own = [(name, value) for name, value in left.headers if name != "date"]
            assert own == list(right.headers)


async def _breaks(scope: Any, receive: Any, send: Any) -> None:
    del receive
    if scope["path"] == "/late":
        await send({"type": "http.response.start", "status": 200, "headers": []})
    if scope["path"] != "/mute":
        raise RuntimeError(scope["path"])


def test_an_application_that_fails_is_a_server_that_fails() -> None:
    wire = AsgiWire(_breaks)
    assert wire.send(Request("GET", "/early")).status == 500
    for path in ("/late", "/mute"):
        with pytest.raises(NoAnswerError):
            wire.send(Request("GET", path))
    wire.close()


def test_the_control_plane_is_asked_over_any_wire(load: Load) -> None:
    api = load("ppl")
    sandbox = Sandbox([api])
    control = ControlPlane.over(AsgiWire(sandbox), api.name)
    assert control.available
    assert not ControlPlane.over(AsgiWire(sandbox), "others").available
    before = control.digest()
    headers = (("authorization", "Bearer sandbox-north-token"),)
    assert AsgiWire(sandbox, "/ppl").send(Request("POST", "/order/cancel?orderReference=ORD-000002", headers))
    changed = control.record("order", "north", "/orderReference", "ORD-000002")
    assert changed is not None
    assert changed["state"] == "cancelled"
    assert control.digest() != before
    assert len(list(control.everything("order"))) == 215
    control.reset()
    assert control.digest() == before
