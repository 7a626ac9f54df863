"""A private PostgreSQL cluster, made anew for a run of the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest

DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


class Cluster:
    """A PostgreSQL server on a free loopback port, with a folder of its own."""

    def __init__(self) -> None:
        """Make the folder; the server is not started yet."""
        self.folder = Path(tempfile.mkdtemp(prefix="specloom-postgresql-"))
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"postgresql://specloom@127.0.0.1:{self.port}/postgres"
        self._process: subprocess.Popen[bytes] | None = None
        # PostgreSQL refuses to run as root.
        self._user: dict[str, Any] = {}
        if os.geteuid() == 0:
            user = _unprivileged()
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self._user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        data = str(self.folder / "data")
        line = [_program("initdb"), "-D", data, "-U", "specloom", "-A", "trust", "--no-sync", "-E", "UTF8"]
        subprocess.run(line, check=True, capture_output=True, cwd=self.folder, **self._user)

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        options = {"fsync": "off", "shared_buffers": "16MB", "listen_addresses": "127.0.0.1", "max_connections": "90"}
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        where = ["-D", str(self.folder / "data"), "-p", str(self.port), "-k", str(self.folder)]
        with (self.folder / "log").open("ab") as log:
            line = [_program("postgres"), *where, *settings]
            self._process = subprocess.Popen(line, cwd=self.folder, stdout=log, stderr=log, **self._user)
        until = time.monotonic() + 30
        while True:
            try:
                return psycopg.connect(self.url).close()
            except psycopg.OperationalError:
                if time.monotonic() > until or self._process.poll() is not None:
                    raise AssertionError((self.folder / "log").read_text()) from None
                time.sleep(0.02)  # between two attempts

    def stop(self) -> None:
        """Stop the server at once, which breaks all connections."""
        if self._process is not None:
            self._process.send_signal(3)  # SIGQUIT: immediate shutdown
            self._process.wait(30)
            self._process = None

    def execute(self, statement: str) -> None:
        """Run a statement."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement.encode())

    def remove(self) -> None:
        """Stop the server and remove its folder."""
        self.stop()
        shutil.rmtree(self.folder)


def _program(name: str) -> str:
    found = shutil.which(name) or next((str(each / name) for each in reversed(DEBIAN) if (each / name).exists()), None)
    if found is None:
        pytest.fail(f"{name} of PostgreSQL is missing: apt-get install -y --no-install-recommends postgresql")
    return found


def _unprivileged() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")
