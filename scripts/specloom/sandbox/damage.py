"""Spoil an answer on its way to the caller, as networks and broken servers do."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, Final

import attrs

from specloom.sandbox.message import Damage, Reply

TRANSPORT: Final = "specloom.transport"
"""The ASGI extension by which a server hands the connection itself to the sandbox, as an `asyncio.Transport`."""

_SLOW_PIECES: Final = 50
_GARBAGE: Final = b"\x16\x03\x03\x00\x02NOT HTTP\x00\xff\xfe\r\n\r\n" * 4

_Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[_Event]]
Send = Callable[[_Event], Awaitable[None]]


class DamagedAnswerError(ConnectionError):
    """An answer was to be spoilt, and the server in between gives no hold of the connection to do it with."""


def prevents(damage: Damage | None) -> bool:
    """Tell whether a request with this fault never arrives: nothing is carried out."""
    return damage in {"drop", "reset"}


async def send_damaged(reply: Reply, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    """Send `reply` spoilt as its `damage` says. Raises DamagedAnswerError where that takes the connection itself.

    - `drop`, `lose`: the connection is closed without a byte; `reset`: likewise, with a TCP reset
    - `cut`: the connection is closed in the middle of the body, or of the head when there is no body
    - `garbage`: bytes that are no HTTP; `malformed`: an answer as it should be, but for a body that breaks off
    - `slow`: the body comes in small pieces over `delay` seconds, by which the others are late altogether
    """
    if reply.damage != "slow":
        await asyncio.sleep(reply.delay)
    match reply.damage:
        case "malformed":
            await _send(attrs.evolve(reply, body=reply.body[: len(reply.body) // 2]), send)
        case "slow":
            await _drip(reply, send)
        case "cut" if reply.body:
            await _start(reply, send)
            await send({"type": "http.response.body", "body": reply.body[: len(reply.body) // 2], "more_body": True})
            await _close(_transport(scope), receive)
        case damage:
            transport = _transport(scope)
            if damage in {"cut", "garbage"}:
                transport.write(f"HTTP/1.1 {reply.status}".encode() if damage == "cut" else _GARBAGE)
            elif damage == "reset":
                # With a linger time of zero a close is a reset (socket(7), SO_LINGER).
                transport.get_extra_info("socket").setsockopt(
                    socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
                )
            await _close(transport, receive)


async def _drip(reply: Reply, send: Send) -> None:
    await _start(reply, send)
    size = max(1, -(-len(reply.body) // _SLOW_PIECES))
    pieces = [reply.body[at : at + size] for at in range(0, len(reply.body), size)]
    for piece in pieces:
        await send({"type": "http.response.body", "body": piece, "more_body": True})
        await asyncio.sleep(reply.delay / len(pieces))
    await send({"type": "http.response.body"})


async def _send(reply: Reply, send: Send) -> None:
    await _start(reply, send)
    await send({"type": "http.response.body", "body": reply.body})


async def _start(reply: Reply, send: Send) -> None:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in reply.headers]
    headers.append((b"content-length", str(len(reply.body)).encode()))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})


def _transport(scope: Mapping[str, Any]) -> asyncio.Transport:
    transport: asyncio.Transport | None = scope.get("extensions", {}).get(TRANSPORT)
    if transport is None:
        raise DamagedAnswerError("the answer is spoilt, as Prefer asks for")
    return transport


async def _close(transport: asyncio.Transport, receive: Receive) -> None:
    """Close the connection once all is written, and wait until the server has seen it."""
    transport.close()
    while (await receive())["type"] != "http.disconnect":
        pass
