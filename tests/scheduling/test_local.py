"""Work goes on in processes of this machine, whatever becomes of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from specloom.scheduling import completed, executor
from specloom.spec import SpecloomError

from . import work


def test_every_task_is_done_once() -> None:
    with executor(jobs=2) as workers:
        assert dict(completed(workers, work.double, range(20))) == {number: 2 * number for number in range(20)}


def test_an_error_of_a_task_is_raised_as_it_is() -> None:
    with pytest.raises(SpecloomError, match="7 is wrong") as caught, executor(jobs=2) as workers:
        list(completed(workers, work.refuse, [7]))
    assert caught.value.remedy == "take another"
    assert str(caught.value.place) == "numbers:7"


def test_what_a_killed_process_was_working_on_is_done_again(tmp_path: Path) -> None:
    tasks = [(tmp_path / "dead", number) for number in range(10)]
    with executor(jobs=2) as workers:
        assert dict(completed(workers, work.die_once, tasks)) == {number: 2 * number for number in range(10)}
    assert (tmp_path / "dead").exists()


def test_work_that_kills_each_process_ends_with_an_error() -> None:
    with pytest.raises(SpecloomError, match="was killed while it worked"), executor(jobs=2) as workers:
        list(completed(workers, work.die, [1]))


def test_an_interrupted_run_leaves_no_process(root: Path, tmp_path: Path) -> None:
    """Ctrl-C reaches every process of a terminal, and so of the group."""
    script = tmp_path / "run.py"
    script.write_text(_SCRIPT, "utf-8")
    process = subprocess.Popen(
        [sys.executable, script],
        env={**os.environ, "PYTHONPATH": f"{root}:{root / 'scripts'}"},
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    waiting = [int(process.stdout.readline()) for _ in range(2)]
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGINT
    assert errors.count("Traceback") == 1
    for each in waiting:
        with pytest.raises(ProcessLookupError):
            os.kill(each, 0)


_SCRIPT = """\
from specloom.scheduling import completed, executor
from tests.scheduling import work

if __name__ == "__main__":
    with executor(jobs=2) as workers:
        list(completed(workers, work.wait_forever, [1, 2]))
"""
