"""The command line of a package as a process: as a module, interrupted, and with nobody to read it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.generated.commanding import answering, http

pytestmark = pytest.mark.usefixtures("sandbox_credentials")


def _process(name: str, packages: Path, *line: str, **options: Any) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(packages / name)}
    return subprocess.Popen(
        [sys.executable, "-m", f"{name}_client", *line],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def test_the_module_runs_and_is_called_as_it_was(packages: Path) -> None:
    with _process("ppl", packages, "orders", "--help") as process:
        out, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    assert out.startswith("usage: python -m ppl_client orders")


def test_ctrl_c_ends_it_in_one_line(packages: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        with _process("fastpod", packages, "orders", "cancel", "A", "--base-url", url) as process:
            connection, _ = server.accept()
            with connection:
                assert connection.recv(10)
                process.send_signal(signal.SIGINT)
                out, err = process.communicate()
    assert (process.returncode, out) == (130, "")
    assert err == "Interrupted; a request that was sent may have been applied.\n"


def test_a_closed_pipe_ends_it_quietly(packages: Path) -> None:
    body = json.dumps({"message": "x" * 1_000_000}).encode()
    line = ["orders", "cancel", "--customer-reference", "1", "--base-url"]
    with answering(http(200, body)) as url, _process("ppl", packages, *line, url) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()
    assert (process.wait(), err) == (141, "")
