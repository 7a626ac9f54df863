"""Prism, from its package for Node."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

from bench.peers.python import PEERS
from specloom.spec import SpecloomError

PRISM: Final = "5.14.2"
"""The version of Prism; later ones need Node 24."""


def install_prism(folder: Path = PEERS) -> Path:
    """Install Prism below `folder` with npm unless it is there; return its program. Raises SpecloomError."""
    program = folder / f"prism-{PRISM}" / "node_modules/.bin/prism"
    if not program.exists():
        npm = shutil.which("npm")
        if npm is None or shutil.which("node") is None:
            raise SpecloomError("Prism cannot be compared with: there is no Node", remedy="install node and npm")
        place = program.parent.parent.parent
        place.mkdir(parents=True, exist_ok=True)
        line = [npm, "install", "--silent", "--no-audit", "--no-fund", f"@stoplight/prism-cli@{PRISM}"]
        done = subprocess.run(line, cwd=place, capture_output=True, text=True, check=False)  # noqa: S603 - npm itself
        if done.returncode or not program.exists():
            said = (done.stderr or done.stdout).strip().splitlines()
            raise SpecloomError(f"Prism cannot be compared with: npm failed: {said[-1] if said else done.returncode}")
    return program
