"""The sandbox as people start it: with a console, code for requests, and a control token for other machines."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ELSEWHERE = {"x-forwarded-for": "203.0.113.9"}
TOKEN = "token-of-a-test"


@pytest.fixture(scope="module")
def served(root: Path) -> Iterator[tuple[str, str]]:
    """The URL of a sandbox that was started with a control token, and what it printed so far."""
    command = [sys.executable, "-m", "specloom", "sandbox", "fastpod", "--port", "0"]
    environment = {**os.environ, "SPECLOOM_CONTROL_TOKEN": TOKEN}
    with subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"Sandbox at (\S+)", line)
        assert found is not None, line
        yield found[1], line
        process.terminate()
        process.communicate()


def test_a_browser_gets_the_console(served: tuple[str, str]) -> None:
    assert "<title>Sandbox console" in httpx.get(served[0], headers={"accept": "text/html"}).text


def test_code_is_written_for_requests(served: tuple[str, str]) -> None:
    answer = httpx.post(f"{served[0]}/_sandbox/fastpod/snippets/cancelOrder", json={"path": {"id": "A-1"}}, timeout=30)
    assert 'api.orders.cancel("A-1")' in answer.json()["code"]


def test_other_machines_need_the_token_of_the_environment(served: tuple[str, str]) -> None:
    url = f"{served[0]}/_sandbox/"
    given = [httpx.get(url, headers={**ELSEWHERE, "authorization": f"Bearer {each}"}) for each in ("other", TOKEN)]
    assert [httpx.get(url, headers=ELSEWHERE).status_code, *(each.status_code for each in given)] == [401, 401, 200]
    assert TOKEN not in served[1]


def test_a_token_that_cannot_be_sent_is_refused(root: Path) -> None:
    command = [sys.executable, "-m", "specloom", "sandbox", "fastpod", "--port", "0", "--control-token", "no good"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "control token" in done.stderr
    assert "no good" not in done.stderr
