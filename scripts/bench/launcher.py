"""Run a command with a time limit and write what it used as JSON: `python launcher.py RESULT SECONDS COMMAND...`.

It is a program of its own, since the kernel counts the memory of whoever starts a process as that process's own
(getrusage(2): what is kept over execve); this one is small, and imports nothing of ours.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import time
from typing import NoReturn


def main() -> int:
    """Run the command in a session of its own; at the limit, and in the end, all that is left of it is killed."""
    result, limit, *command = sys.argv[1:]
    started = time.perf_counter()
    process = os.fork()
    if not process:
        _become(command)
    late = False

    def kill(*_: object) -> None:
        nonlocal late
        late = True
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)

    # The command is in a session of its own, where no Ctrl-C of a terminal reaches it.
    for each in (signal.SIGALRM, signal.SIGINT, signal.SIGTERM):
        signal.signal(each, kill)
    signal.setitimer(signal.ITIMER_REAL, float(limit))
    _, status, used = os.wait4(process, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)
    found = {
        "status": os.waitstatus_to_exitcode(status),
        "late": late,
        "seconds": time.perf_counter() - started,
        "processor_seconds": used.ru_utime + used.ru_stime,
        "peak": used.ru_maxrss * 1024 / 1e6,
    }
    with open(result, "w", encoding="utf-8") as file:  # noqa: PTH123 - pathlib would be half of what it imports
        json.dump(found, file)
    return 0


def _become(command: list[str]) -> NoReturn:
    try:
        os.setsid()
        os.execvp(command[0], command)  # noqa: S606 - that is what it is for
    except OSError as error:
        os.write(2, f"error: {command[0]}: {error.strerror}\n".encode())
    os._exit(127)


if __name__ == "__main__":
    raise SystemExit(main())
