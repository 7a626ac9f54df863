"""specs/README.md, followed to the letter, adds an API: from a page to a client that calls the sandbox."""

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

import pytest
from tests.release.repositories import commit, git

ROOT: Final = Path(__file__).parents[2]
HERE: Final = Path(__file__).parent / "adding"
README: Final = "http://127.0.0.1:8000"
"""Where the sandbox is in what README says; in the test it gets a port that is free."""


def steps() -> dict[int, list[str]]:
    """Return the lines of shell of each step by its number, as they stand there."""
    text = (ROOT / "specs/README.md").read_text("utf-8").partition("\n## Add an API\n")[2].partition("\n## ")[0]
    numbers = re.findall(r"^([0-9]+)\. ", text, re.MULTILINE)
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    found = re.split(r"^[0-9]+\. ", text, flags=re.MULTILINE)[1:]
    return {
        number: [
            textwrap.dedent(block) for block in re.findall(r"^ +```sh\n(.*?)^ +```$", step, re.MULTILINE | re.DOTALL)
        ]
        for number, step in enumerate(found, 1)
    }


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository with what is in this one, committed or not, whose tools are installed and whose code is linted."""
    folder = tmp_path / "clone"
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
    return folder


@pytest.fixture
def environment(clone: Path, tmp_path: Path) -> Mapping[str, str]:
    """The environment of somebody who works in the clone, and whose editor makes the edits that are kept here."""
    editor = tmp_path / "editor"
    editor.write_text(f"#!/bin/sh\nexec git apply {HERE / 'edits.patch'}\n")
    editor.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "MAKE", "SPECLOOM_"))}
    return {**kept, "PYTHONPATH": str(clone / "scripts"), "EDITOR": str(editor), "PORT": "0"}


def _run(block: str, clone: Path, environment: Mapping[str, str]) -> str:
    done = subprocess.run(
        ["sh", "-e", "-c", block], cwd=clone, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@contextmanager
def _served(block: str, clone: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Run a block that serves the sandbox in a terminal of its own; give its URL."""
    with subprocess.Popen(
        ["sh", "-e", "-c", block],
        cwd=clone,
        env=environment,
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


def test_the_steps_add_an_api(clone: Path, environment: Mapping[str, str]) -> None:
    folder, draft, edit, pages, lint, generate, fuzz, use, save, ask = steps().values()

    def run(*blocks: str) -> str:
        return "".join(_run(block, clone, environment) for block in blocks)

    run(*folder)
    shutil.copy(HERE / "page.html", clone)
    run(*draft)
    assert "TODO" in (clone / "specs/parcels/openapi.yaml").read_text("utf-8")
    run(*edit)
    assert "TODO" not in (clone / "specs/parcels/openapi.yaml").read_text("utf-8")
    assert "0 contradict it" in run(*pages)
    assert "1 spec follows all rules" in run(*lint)
    run(*generate)
    assert re.search(r"│ parcels │ +[0-9]{3,} │ +0 │", run(*fuzz))

    serve, call = use
    shown = re.findall(r"```python\n(.*?)```", (clone / "generated/parcels/README.md").read_text("utf-8"), re.DOTALL)
    (snippet,) = [code for code in shown if README in code]
    with _served(serve, clone, environment) as url:
        assert "state    held" in run(call.replace(README, url))
        command = f"PYTHONPATH=generated/parcels .venv/bin/python - <<'END'\n{snippet.replace(README, url)}\nEND"
        assert "state='held'" in run(command)

    run(*save)
    assert git(clone, "status", "--porcelain") == "?? page.html"
    assert "1. The page speaks of parcels in the depot; we call that state waiting. Which states are there?" in run(
        *ask
    )
    run("make lint check-generated check-pages compat API=parcels")
