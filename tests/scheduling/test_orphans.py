"""A killed process leaves no workers behind."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

POOLS = {
    "tasks": "from specloom.scheduling.local import LocalExecutor\nmade = lambda: LocalExecutor(1)",
    "packages": "from specloom.generate.working import Pool, preloaded\nmade = lambda: Pool(1, preloaded())",
    "packages beside a thread": """
import threading
from specloom.generate.working import Pool, preloaded

def made():
    threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
    return Pool(1, preloaded())
""",
}
PROGRAM = """
import os, signal, sys, time
{pool}

def main():
    pool = made()
    sys.stdout.write(str(pool.submit(os.getpid).result()) + "\\n")
    sys.stdout.flush()
    pool.submit(time.sleep, 3600)
    time.sleep(3600)

if __name__ == "__main__":
    main()
"""


@pytest.mark.parametrize("pool", POOLS)
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL], ids=["SIGTERM", "SIGKILL"])
def test_workers_end_with_the_process_that_they_work_for(tmp_path: Path, root: Path, pool: str, end: int) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM.format(pool=POOLS[pool]), "utf-8")
    environment = {"PYTHONPATH": str(root / "scripts"), "PATH": "/usr/bin:/bin"}
    with subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert int(process.stdout.readline()) != process.pid
        process.send_signal(end)

        rest, _ = process.communicate(timeout=60)  # which waits until no process is left that could write there
        assert rest == b""
