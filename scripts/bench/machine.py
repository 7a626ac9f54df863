"""Say what the figures were measured on and with."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

_PROGRAMS: Final = (("node", "--version"), ("npm", "--version"), ("java", "-version"), ("wrk", "--version"))
"""Programs that are no Python, and how each is asked for its version."""


def described(distributions: Sequence[str]) -> list[str]:
    """Return a line on the machine and one on the versions of Python and of `distributions`."""
    versions = ", ".join(f"{name} {version(name)}" for name in distributions)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    kernel = f"{platform.system()} {platform.release()}"
    return [
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB, {kernel}, load {load()}",
        f"{platform.python_implementation()} {platform.python_version()}, {versions}",
    ]


def programs() -> str:
    """Return the versions of the other programs that figures need; of one that is not there, that it is missing."""
    return ", ".join(f"{name} {_version(name, option)}" for name, option in _PROGRAMS)


def load() -> str:
    """Return the load of the machine over 1, 5 and 15 minutes."""
    return ", ".join(f"{each:.1f}" for each in os.getloadavg())


def moment() -> str:
    """Return date and time of now, with the load."""
    return f"{datetime.now().astimezone():%Y-%m-%d %H:%M} (load {load()})"


def commit() -> str:
    """Return the commit that the sources are of, and whether they were changed since; "unknown" without git."""
    line = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    try:
        done = subprocess.run(line, capture_output=True, text=True, check=False)  # noqa: S603 - git itself
    except OSError:
        return "unknown"
    return done.stdout.strip() or "unknown"


def _version(program: str, option: str) -> str:
    path = shutil.which(program)
    if path is None:
        return "missing"
    done = subprocess.run([path, option], capture_output=True, text=True, check=False)  # noqa: S603 - that program
    # Some say it on standard error, wrk with an exit code that is not 0.
    first = (done.stdout.strip() or done.stderr.strip() or "?").splitlines()[0]
    return first.removeprefix(program).partition(" Copyright")[0].strip()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())
