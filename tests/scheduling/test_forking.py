"""A process that is forked has what was imported here, and is gone in the end."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from specloom.scheduling.forking import forked, may_fork

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked elsewhere")


def _note(path: Path, text: str) -> None:
    blocked = signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])
    path.write_text(f"{text} {os.getpid() != os.getppid()} {blocked}")


def test_it_is_waited_for_and_ctrl_c_is_not_for_it(tmp_path: Path) -> None:
    with forked(_note, tmp_path / "noted", "made") as process:
        process.join()
    assert (tmp_path / "noted").read_text() == "made True True"
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_it_ends_with_what_failed_here() -> None:
    def fail() -> None:
        with forked(time.sleep, 3600.0):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert multiprocessing.active_children() == []


def test_a_process_with_threads_is_not_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    assert may_fork()
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert not may_fork()
