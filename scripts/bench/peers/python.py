"""A virtual environment for Python peers, and for what the code that they generate needs."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Lock
from typing import Final

from specloom.spec import SpecloomError

PEERS: Final = Path(".cache/bench/peers")
"""Where peers are installed, from the root of the repository."""

LOCK: Final = Path(__file__).with_name("requirements.lock")
"""The versions of the Python peers, with hashes."""

_PATIENCE: Final = 600.0
_INSTALLING: Final = Lock()


def peer_python(folder: Path = PEERS) -> Path:
    """Return the Python of the environment of the peers; make it below `folder` unless it is there.

    Raises SpecloomError when they cannot be installed.
    """
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]
    place = (folder / f"python-{digest}").absolute()
    program = place / "bin" / "python"
    with _INSTALLING:
        _install(place, program)
    return program


def _install(place: Path, program: Path) -> None:
    if not (place / "installed").exists():
        shutil.rmtree(place, ignore_errors=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        _run(sys.executable, "-m", "venv", str(place))
        options = ("--quiet", "--disable-pip-version-check", "--require-hashes")
        _run(str(program), "-m", "pip", "install", *options, "-r", str(LOCK))
        (place / "installed").touch()


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_PATIENCE)  # noqa: S603 - this Python, and pip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SpecloomError(f"the Python peers cannot be installed: {error}") from None
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or [f"exit {done.returncode}"]
        raise SpecloomError(f"the Python peers cannot be installed: {said[-1]}", remedy="see whether pip works")
