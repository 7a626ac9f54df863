"""An environment of its own for a package: the wheel, what it requires, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from specloom.release.distributions import wheel_metadata
from specloom.release.trial.repacking import repack
from specloom.spec import SpecloomError

# Neither the settings of people for Python, pip or proxies nor those for clients are to matter.
_KEPT: Final = ("PATH", "HOME", "TMPDIR", "SYSTEMROOT")
_PATIENCE: Final = 120
"""How long a program may take, in seconds."""
_REMEDY: Final = "the package does not work where it alone is installed; repair it"


class Environment:
    """A virtual environment that has nothing but what is installed into it from files."""

    def __init__(self, folder: Path) -> None:
        """Make one in the new folder `folder`."""
        venv.create(folder / "venv", symlinks=os.name != "nt")
        self._bin = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
        self._wheels = folder / "wheels"

    def install(self, wheel: Path, *extras: str) -> None:
        """Install a wheel with some of its extras; what these require comes in the versions that specloom has.

        Raises SpecloomError when pip refuses, as it does when a version does not fit.
        """
        name = f"{wheel}[{','.join(extras)}]" if extras else str(wheel)
        repack(wheel_metadata(wheel).get_all("Requires-Dist", []), self._wheels, extras)
        pip = [sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check", "--python", str(self.python)]
        options = ["--quiet", "--no-compile", "--no-index", "--find-links", str(self._wheels)]
        self._run([*pip, "install", *options, name], {}, f"installing {wheel.name}")
        self._run([*pip, "check"], {}, "pip check")

    @property
    def python(self) -> Path:
        """Its Python."""
        return self._bin / "python"

    def run(self, program: Sequence[str], settings: Mapping[str, str], what: str) -> str:
        """Run a script of the environment with these environment variables; return its output.

        Raises SpecloomError, which names `what` was run, when it fails.
        """
        return self._run([str(self._bin / program[0]), *program[1:]], settings, what)

    def _run(self, command: Sequence[str], settings: Mapping[str, str], what: str) -> str:
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | dict(settings)
        try:
            done = subprocess.run(  # noqa: S603 - scripts of the environment that was made for it
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=_PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise SpecloomError(f"{what}: not done after {_PATIENCE} seconds", remedy=_REMEDY) from None
        if done.returncode:
            raise SpecloomError(
                f"{what} ended with {done.returncode}:\n{(done.stdout + done.stderr).strip()}", remedy=_REMEDY
            )
        return done.stdout
