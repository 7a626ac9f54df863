"""What holds for the project as a whole: its layout, its commands and its lock file."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from specloom.cli import main
from specloom.spec import load
from specloom.spec.vocabulary import is_foreign

TOP_LEVEL = {"pyproject.toml", "README.md", "Makefile", "LICENSE", "specs", "generated", "scripts", "tests"}


def _tracked(root: Path) -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.split("\0") if name and (root / name).exists()]


def test_no_api_is_named_in_the_tool(root: Path) -> None:
    # What was adopted may bear any name, such as that of a thing.
    names = [path.parent.name for path in root.glob("specs/*/openapi.yaml") if not is_foreign(load(path))]
    assert names
    pattern = re.compile("|".join(rf"\b{name}\b" for name in names), re.IGNORECASE)
    for path in (root / "scripts").rglob("*"):
        if path.suffix in {".py", ".yaml", ".jinja", ".md"}:
            assert not pattern.search(path.read_text("utf-8")), path


def test_the_top_level_holds_what_it_should(root: Path) -> None:
    assert {name.split("/")[0] for name in _tracked(root) if not name.startswith(".")} <= TOP_LEVEL


def test_the_lock_file_has_hashes_and_no_addresses(root: Path) -> None:
    lock = (root / "scripts/requirements.lock").read_text("utf-8")
    assert "://" not in lock
    pinned = re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE)
    assert lock.count(" \\\n    --hash=sha256:") >= len(pinned) > 0
    declared = set(re.findall(r'^  "([a-z0-9-]+)', (root / "pyproject.toml").read_text("utf-8"), re.MULTILINE))
    assert {"schemathesis", "pytest", "openapi-python-client"} <= declared & set(pinned)


def test_make_help_lists_every_target(root: Path) -> None:
    makefile = (root / "Makefile").read_text("utf-8")
    targets = re.findall(r"^\.PHONY: (\S+)$", makefile, re.MULTILINE)
    shown = subprocess.run(["make", "help"], cwd=root, capture_output=True, text=True, check=True).stdout
    assert [line.split()[0] for line in shown.splitlines()] == sorted(targets)
    wanted = {"all", "help", "install", "lint", "format", "generate", "check-generated", "test", "sandbox", "fuzz"}
    assert wanted | {"prove", "bench", "check", "clean"} <= set(targets)


@pytest.mark.parametrize("verb", main.list_commands(None))  # type: ignore[arg-type]
def test_every_verb_has_help(verb: str) -> None:
    done = CliRunner().invoke(main, [verb, "--help"])
    assert done.exit_code == 0
    assert re.search(rf"{verb} \[OPTIONS\](?: (?:\[API\]\.\.\.|API|COMMAND)|\n)", done.output)


def test_the_module_runs_as_the_command_does(root: Path) -> None:
    outputs = [
        subprocess.run([*command, "--help"], cwd=root, capture_output=True, text=True, check=True).stdout
        for command in ([sys.executable, "-m", "specloom"], [str(Path(sys.executable).parent / "specloom")])
    ]
    assert outputs[0].splitlines()[1:] == outputs[1].splitlines()[1:]
