"""Tell which server a base URL means, whether that is this machine, and whether the user allows it."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

import attrs

from specloom.spec import SpecloomError

_PORTS = {"http": 80, "https": 443}


@attrs.frozen
class Host:
    """A server: its name in lower case, or its address, and its port."""

    scheme: str
    name: str
    port: int

    def __str__(self) -> str:
        """Return the host as an allow list has it: with the port, where that is not the usual one."""
        name = f"[{self.name}]" if ":" in self.name else self.name
        return name if self.port == _PORTS[self.scheme] else f"{name}:{self.port}"


def host_of(base_url: str) -> Host:
    """Return the server that a base URL means. Raises SpecloomError when it is none, or hides which server it means."""
    try:
        parts = urlsplit(base_url)
        name, port = parts.hostname, parts.port
    except ValueError:
        name, port = None, None
        parts = urlsplit("")
    if not name or parts.scheme not in _PORTS or not name.isascii() or any(c.isspace() or c == "\\" for c in base_url):
        raise SpecloomError(f"{base_url!r} is no base URL", remedy="give one such as https://api.example.com/v1")
    if "@" in parts.netloc:
        raise SpecloomError("the base URL has a user name in it", remedy="give credentials by options or a file")
    return Host(parts.scheme, name.lower(), port or _PORTS[parts.scheme])


def is_allowed(host: Host, allowed: Iterable[str]) -> bool:
    """Say whether a host is on an allow list of `name` and `name:port`, exactly; a name alone has the usual port."""
    return str(host) in {each.strip().lower() for each in allowed}


def is_this_machine(name: str) -> bool:
    """Say whether a host, by its name alone, is this machine (RFC 6761, 6.3)."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def addresses_of(host: Host) -> tuple[str, ...]:
    """Return the addresses of a host. Raises SpecloomError when its name leads nowhere."""
    try:
        found = socket.getaddrinfo(host.name, host.port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise SpecloomError(f"{host.name} has no address: {error}", remedy="check the name and the network") from None
    return tuple(sorted({str(entry[4][0]) for entry in found}))
