"""A command is run apart: what it says and uses is known, and one that hangs, crashes or is not there loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bench import running
from bench.running import python, run


def test_what_a_command_says_and_uses_is_known(tmp_path: Path) -> None:
    done = run(python("-c", "import os; print(os.getcwd()); x = bytearray(90_000_000)"), tmp_path)
    assert (done.failed, done.why, done.out.strip(), done.err) == (False, "", str(tmp_path), "")
    assert 90 < done.peak < 150
    assert done.processor_seconds > 0
    assert done.seconds > 0


def test_the_memory_of_who_calls_is_not_that_of_the_command(tmp_path: Path) -> None:
    ballast = bytearray(200_000_000)
    assert run(["true"], tmp_path).peak < 50
    assert len(ballast) == 200_000_000


def test_a_command_that_hangs_is_killed_with_all_that_it_started(tmp_path: Path) -> None:
    started = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    done = run(python("-c", started), tmp_path, limit=0.5)
    assert (done.failed, done.late) == (True, True)
    assert done.why.endswith("not done after 1 s") or done.why.endswith("not done after 0 s")


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_who_is_stopped_leaves_nothing_behind(stop: signal.Signals, tmp_path: Path) -> None:
    launcher = Path(running.__file__).with_name("launcher.py")
    sleeping = python("-c", "import os, time; print(os.getpid(), flush=True); time.sleep(60)")
    line = [sys.executable, str(launcher), str(tmp_path / "result"), "60", *sleeping]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        command = int(process.stdout.readline())
        process.send_signal(stop)
        process.wait()
    with pytest.raises(ProcessLookupError):
        os.kill(command, 0)


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ([sys.executable, "-c", "raise ValueError('it is blue')"], "exit 1: ValueError: it is blue"),
        ([sys.executable, "-c", "print('words'); raise SystemExit(3)"], "exit 3: words"),
        (["no-such-program"], "no-such-program: exit 127: error: no-such-program: No such file or directory"),
    ],
    ids=["a traceback", "an exit code", "not there"],
)
def test_why_a_command_failed_is_one_line(command: list[str], why: str, tmp_path: Path) -> None:
    done = run(command, tmp_path)
    assert done.failed
    assert done.why.endswith(why)


def test_sources_of_specloom_are_found_from_any_folder(tmp_path: Path) -> None:
    assert run(python("-m", "specloom", "--version"), tmp_path).why == ""
