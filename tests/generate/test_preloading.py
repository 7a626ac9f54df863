"""Processes that build packages start with everything imported, however they are started."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import multiprocessing, sys, threading, time

from specloom.generate import keeping
from specloom.generate.preloading import preloaded
from specloom.scheduling.pool import Pool

NEEDED = ("openapi_python_client", "datamodel_code_generator.parser.openapi", "specloom.generate.building")

def missing():
    return [name for name in NEEDED if name not in sys.modules]

if __name__ == "__main__":
    keeping.COMPILED.directory = sys.argv[1]
    if sys.argv[2] == "beside a thread":
        threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
    context = preloaded()
    with Pool(2, context) as pool:
        print(context.get_start_method(), pool.submit(missing).result())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are started otherwise elsewhere")
@pytest.mark.parametrize(("where", "method"), [("alone", "fork"), ("beside a thread", "forkserver")])
def test_all_is_imported_before_they_start(tmp_path: Path, root: Path, where: str, method: str) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, "utf-8")
    store = tmp_path / "store"
    store.mkdir()
    environment = {"PYTHONPATH": str(root / "scripts"), "PATH": "/usr/bin:/bin"}
    line = [sys.executable, str(program), str(store), where]
    done = subprocess.run(line, env=environment, check=True, capture_output=True, text=True)
    assert done.stdout == f"{method} []\n"
    assert done.stderr == ""
    assert {path.suffix for path in store.iterdir()} == {".cache", ".json"}
