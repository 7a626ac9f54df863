"""Connect to a live server at an address that was looked at before, whatever its name leads to a moment later."""

from __future__ import annotations

import socket
import ssl

from specloom.fuzz.hosts import Host
from specloom.fuzz.wire import HttpWire


class PinnedWire(HttpWire):
    """A wire to one address of a host."""

    def __init__(self, base_url: str, host: Host, address: str, timeout: float) -> None:
        """Take the base URL, the host that it means, the address of it to connect to, and the timeout in seconds."""
        super().__init__(base_url, timeout)
        self._pinned = (address, host.port)
        self._name = host.name

    def _connect(self) -> socket.socket:
        connection = socket.create_connection(self._pinned, self._timeout)
        if self._secure:
            # The certificate must be that of the name, not of the address.
            connection = ssl.create_default_context().wrap_socket(connection, server_hostname=self._name)
        self._socket = connection
        return connection
