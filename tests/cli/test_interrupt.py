"""Ctrl-C ends a command at once: no traceback, exit code 130, and no verdict."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest


@pytest.mark.parametrize("arguments", [["fuzz", "fastpod", "--max-examples", "5000"], ["build", "fastpod"]])
def test_a_campaign_that_is_stopped_has_no_verdict(root: Path, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "specs").symlink_to(root / "specs")
    process = subprocess.Popen(
        [sys.executable, "-m", "specloom", *arguments],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    deadline = time.monotonic() + 30
    while not children.read_text() and time.monotonic() < deadline:
        time.sleep(0.01)  # until the sandbox's process is there, so that the campaign has begun
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "Traceback" not in output + errors
    assert "cases" not in output
    assert not (tmp_path / ".cache/build.json").exists() or "fuzz" not in (tmp_path / ".cache/build.json").read_text()


def test_a_sandbox_that_is_stopped_ends_well(root: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "specloom", "sandbox", "ppl", "--port", "0"],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    url = next(word for word in process.stdout.readline().split() if word.startswith("http"))
    assert httpx.get(f"{url}/_sandbox/").status_code == 200
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert not errors
