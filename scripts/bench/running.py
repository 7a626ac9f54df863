"""Run a command apart, with a time limit, and see what it says and uses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import attrs

LIMIT: Final = 600.0
"""Seconds that a command may take unless it is told otherwise."""

SCRIPTS: Final = Path(__file__).resolve().parent.parent
"""The source root of specloom and of this package."""

_LAUNCHER: Final = Path(__file__).with_name("launcher.py")


@attrs.frozen
class Run:
    """A command that has ended: its exit code, output, seconds, seconds of processors, and peak memory in MB.

    `late` is True for one that was killed at its limit. The memory is that of the largest process among it and its
    descendants; megabytes have 1,000,000 bytes.
    """

    command: str
    status: int
    late: bool
    seconds: float
    processor_seconds: float
    peak: float
    out: str = attrs.field(repr=False)
    err: str = attrs.field(repr=False)

    @property
    def failed(self) -> bool:
        """Whether it did not end with 0."""
        return self.late or self.status != 0

    @property
    def why(self) -> str:
        """Why it failed, in one line: that it was late, or the last line that looks like an error; "" if it did not."""
        if self.late:
            return f"{self.command}: not done after {self.seconds:.0f} s"
        if not self.status:
            return ""
        lines = [line.strip() for line in f"{self.out}\n{self.err}".splitlines() if line.strip()]
        telling = [line for line in lines if "error" in line.lower() or "exception" in line.lower()]
        said = (telling or lines or [""])[-1]
        return f"{self.command}: exit {self.status}: {said[:300]}"


def run(command: Sequence[str], folder: Path, *, limit: float = LIMIT, more: Mapping[str, str] | None = None) -> Run:
    """Run `command` in `folder`, for `limit` seconds at most, with `more` in its environment.

    The tools of this environment are found by name, and the sources of specloom first. Nothing is raised: a program
    that is not there ends like any other that fails.
    """
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(SCRIPTS), **(more or {})}
    with TemporaryDirectory() as name:
        result = Path(name) / "result.json"
        line = [sys.executable, "-I", "-S", str(_LAUNCHER), str(result), str(limit), *command]
        with Path(name, "out").open("w+b") as out, Path(name, "err").open("w+b") as err:
            streams: Any = {"stdin": subprocess.DEVNULL, "stdout": out, "stderr": err}
            subprocess.run(line, cwd=folder, env=environment, check=False, **streams)  # noqa: S603 - the caller's command
            texts = []
            for file in (out, err):
                file.seek(0)
                texts.append(file.read().decode("utf-8", "replace"))
        used = json.loads(result.read_text("utf-8"))
    return Run(_name(command), out=texts[0], err=texts[1], **used)


def python(*arguments: str) -> list[str]:
    """Return the command line of this Python with `arguments`."""
    return [sys.executable, *arguments]


def _name(command: Sequence[str]) -> str:
    """Return what a reader knows the command as: `specloom generate` rather than the path of a Python."""
    words = [Path(word).name for word in command[:4]]
    return " ".join(words[2:4]) if words[1:2] == ["-m"] else words[0]
