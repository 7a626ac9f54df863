"""A clone of this repository in which the steps of specs/README.md are followed to the letter."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import attrs
from tests.release.repositories import commit, git

ROOT: Final = Path(__file__).parents[2]
LOCAL: Final = "http://127.0.0.1:8000"
"""Where the sandbox is in what README says; here it gets a port that is free."""


def steps(title: str) -> list[list[str]]:
    """Return the lines of shell of each step below a heading, block by block as they stand there."""
    text = (ROOT / "specs/README.md").read_text("utf-8").partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    _, *parts = re.split(r"^([0-9]+)\. ", text, flags=re.MULTILINE)
    assert parts[::2] == [str(number) for number in range(1, len(parts) // 2 + 1)]
    blocks = [re.findall(r"^ +```sh\n(.*?)^ +```$", part, re.MULTILINE | re.DOTALL) for part in parts[1::2]]
    return [[textwrap.dedent(block) for block in each] for each in blocks]


@attrs.frozen
class Clone:
    """A repository with what is in this one, committed or not, whose tools are installed and whose code is linted."""

    folder: Path
    environment: Mapping[str, str]

    @classmethod
    def in_folder(cls, folder: Path) -> Clone:
        """Make one in the new folder `folder`."""
        for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
            if name and (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, folder / name)
        git(folder, "init", "--quiet", "--initial-branch=main")
        git(folder, "config", "user.name", "A Tester")
        git(folder, "config", "user.email", "tester@example.com")
        commit(folder, "Start")
        (folder / ".venv").mkdir()
        for name in ("bin", "lib", "pyvenv.cfg"):
            (folder / ".venv" / name).symlink_to(Path(sys.prefix) / name)
        (folder / ".venv/installed").touch()
        (folder / ".cache").mkdir()
        (folder / ".cache/code-linted").touch()
        others = ("GIT_", "MAKE", "SPECLOOM_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(others)}
        return cls(folder, {**kept, "PYTHONPATH": str(folder / "scripts"), "PORT": "0"})

    def run(self, *blocks: str, **variables: str) -> str:
        """Run blocks of shell, each of which has to succeed; return what they print."""
        return "".join(self._run(block, {**self.environment, **variables}) for block in blocks)

    def _run(self, block: str, environment: Mapping[str, str]) -> str:
        command = ["sh", "-e", "-c", block]
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    @contextmanager
    def served(self, block: str) -> Iterator[str]:
        """Run a block that serves the sandbox in a terminal of its own; give its URL."""
        with subprocess.Popen(
            ["sh", "-e", "-c", block],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as process:
            assert process.stdout is not None
            found = re.search(r"Sandbox at (\S+)", process.stdout.readline())
            assert found is not None
            try:
                yield found[1]
            finally:
                os.killpg(process.pid, signal.SIGINT)

    def code_for(self, package: str, url: str) -> str:
        """Return the code that the README of a package shows for the sandbox, as a command that runs it at `url`."""
        readme = (self.folder / "generated" / package / "README.md").read_text("utf-8")
        (code,) = [each for each in re.findall(r"```python\n(.*?)```", readme, re.DOTALL) if LOCAL in each]
        return f"PYTHONPATH=generated/{package} .venv/bin/python - <<'END'\n{code.replace(LOCAL, url)}\nEND"
