"""Say what the figures were measured on and with."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path


def described(distributions: Sequence[str]) -> list[str]:
    """Return a line on the machine and one on the versions of Python and of `distributions`."""
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    versions = ", ".join(f"{name} {version(name)}" for name in distributions)
    return [
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, load {load}",
        f"{platform.python_implementation()} {platform.python_version()}, {versions}",
    ]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())
