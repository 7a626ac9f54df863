"""Command lines of packages: their result, servers to answer them, and the one that calls an operation."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import Thread

import attrs
import pytest

from specloom.spec import Api, Operation

APIS = ("fastpod", "fuuffy", "hypertrack", "ppl")

EACH = pytest.mark.parametrize("name", APIS)


@attrs.frozen
class Ran:
    """What a command line left: exit status and output."""

    status: int
    out: str
    err: str


@contextmanager
def answering(answer: bytes, times: int = 1) -> Iterator[str]:
    """Give the URL of a server that answers with these bytes, or never when there are none."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        kept: list[socket.socket] = []

        def serve() -> None:
            for _ in range(times):
                connection, _ = server.accept()
                kept.append(connection)
                connection.recv(65536)
                if answer:
                    connection.sendall(answer)
                    connection.shutdown(socket.SHUT_WR)

        thread = Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join()
        for connection in kept:
            connection.close()


def http(status: int, body: bytes, media_type: str = "application/json") -> bytes:
    """Return an answer of HTTP."""
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def command(api: Api, operation: Operation) -> list[str]:
    """Return the command for an operation with the examples of its spec, each member of the body an option."""
    package = import_module(f"{api.name}_client.commands")
    found = next(each for each in package.PROGRAM.commands if operation.label in each.description)
    line = [found.group, found.name]
    for parameter in operation.parameters:
        if parameter.location == "path" or (parameter.location == "query" and parameter.examples):
            flag = [] if parameter.location == "path" else ["--" + _dashed(parameter.name)]
            line += [*flag, str(parameter.examples[0].value)]
    body = None if operation.body is None else operation.body.media_types[0].examples[0].value
    for name, value in (body or {}).items():
        line += ["--" + _dashed(name), value if isinstance(value, str) else json.dumps(value)]
    return line


def _dashed(name: str) -> str:
    return "".join(f"-{each.lower()}" if each.isupper() else each for each in name).replace("_", "-")
