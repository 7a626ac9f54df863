"""What the tests of scheduling have worked on; processes of their own import it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

from specloom.spec import Place, SpecloomError


def double(number: int) -> int:
    return 2 * number


def refuse(number: int) -> int:
    raise SpecloomError(f"{number} is wrong", place=Place(Path("numbers"), number), remedy="take another")


def die(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_once(task: tuple[Path, int]) -> int:
    """Die if nobody died before, and else double a number."""
    mark, number = task
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return double(number)
    return die(number)


def wait_forever(_: int) -> None:
    """Say which process waits, and wait for what never comes."""
    sys.stdout.write(f"{os.getpid()}\n")
    sys.stdout.flush()
    threading.Event().wait()
