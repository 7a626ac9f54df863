"""`make` does nothing where nothing changed, and everything that is left to do where something did."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

# What the tools of the repository are here: they only write down that they were called, and fail when told to.
_TOOL = """#!/bin/sh
echo "$(basename $0)" "$@" >> log
test ! -e "fail-$(basename $0)" || exit 1
"""
# As the real one in the end, when there was nothing left to do; see tests/cli/test_build.py.
_SPECLOOM = f"""{_TOOL}
mkdir -p dist
test "$*" != build || touch .cache/made
"""
FILES = (
    ".cache/build.json",
    ".venv/installed",
    ".venv/lib/python3.11/site-packages/tool.dist-info/RECORD",
    "dist/parcels.whl",
    "generated/parcels/parcels_client/client.py",
    "pyproject.toml",
    "scripts/requirements.lock",
    "scripts/room/module.py",
    "scripts/room/template.jinja",
    "specs/parcels/openapi.yaml",
    "tests/room/test_module.py",
)
CODE = ["ruff", "mypy", "lint-imports", "specloom"]


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    """Return a repository of a few files in which `make` has just done everything."""
    folder = tmp_path / "repository"
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("")
    shutil.copy(root / "Makefile", folder)
    (folder / ".venv/bin").mkdir()
    for name in CODE:
        tool = folder / ".venv/bin" / name
        tool.write_text(_SPECLOOM if name == "specloom" else _TOOL)
        tool.chmod(0o755)
    for name in ("scripts/requirements.lock", "pyproject.toml"):
        os.utime(folder / name, (1, 1))
    assert make(folder) == CODE
    assert make(folder) == []
    return folder


def make(folder: Path, *arguments: str, fails: bool = False) -> list[str]:
    """Run make; return the names of the tools that it called, each once, in order."""
    log = folder / "log"
    log.unlink(missing_ok=True)
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(
        ["make", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    called = log.read_text().splitlines() if log.exists() else []
    assert fails == (done.returncode != 0), done.stdout + done.stderr
    assert called or done.stdout == "Everything is up to date.\n"
    return list(dict.fromkeys(line.split()[0] for line in called))


def let_time_pass(folder: Path) -> None:
    """Return when the clock of the file system shows another time than when anything in `folder` was changed."""
    latest = max(each.lstat().st_ctime_ns for each in folder.rglob("*"))
    clock = folder.parent / "clock"
    clock.touch()
    while clock.stat().st_ctime_ns <= latest:
        clock.touch()


def edit(path: Path) -> None:
    """Write to a file, and give it an old time, as tools do that unpack or copy."""
    path.write_text("other")
    os.utime(path, (1, 1))


def add(path: Path) -> None:
    """Add a file."""
    path.with_name(f"another-{path.name}").write_text("")


def remove(path: Path) -> None:
    """Remove a file."""
    path.unlink()


def remove_folder(path: Path) -> None:
    """Remove a file and those beside it."""
    shutil.rmtree(path.parent)


@pytest.mark.parametrize("change", [edit, add, remove, remove_folder], ids=lambda change: change.__name__)
@pytest.mark.parametrize(
    ("name", "tools"),
    [
        ("dist/parcels.whl", ["specloom"]),
        ("generated/parcels/parcels_client/client.py", ["specloom"]),
        ("specs/parcels/openapi.yaml", ["specloom"]),
        ("scripts/room/module.py", CODE),
        ("scripts/room/template.jinja", CODE),
        ("tests/room/test_module.py", CODE),
    ],
    ids=lambda value: value.partition("/")[0] if isinstance(value, str) else "",
)
def test_a_change_is_noticed_once(folder: Path, name: str, tools: list[str], change: Callable[[Path], None]) -> None:
    let_time_pass(folder)
    change(folder / name)
    assert make(folder) == tools
    assert make(folder) == []


def test_a_tool_that_was_installed_or_removed_is_noticed(folder: Path) -> None:
    let_time_pass(folder)
    remove_folder(folder / ".venv/lib/python3.11/site-packages/tool.dist-info/RECORD")
    assert make(folder) == CODE
    assert make(folder) == []


@pytest.mark.parametrize("tool", CODE)
def test_what_failed_is_tried_again(folder: Path, tool: str) -> None:
    let_time_pass(folder)
    edit(folder / "scripts/room/module.py")
    (folder / f"fail-{tool}").write_text("")
    for _ in range(2):
        assert make(folder, fails=True)[-1] == tool
    (folder / f"fail-{tool}").unlink()
    assert make(folder)[-1] == "specloom"
    assert make(folder) == []


def test_what_tools_write_and_python_compiles_is_no_change(folder: Path) -> None:
    let_time_pass(folder)
    (folder / ".cache/other").write_text("")
    (folder / "other").write_text("")
    assert make(folder) == []
    (folder / "generated/parcels/parcels_client/__pycache__").mkdir()
    assert make(folder) == ["specloom"]
    let_time_pass(folder)
    (folder / "generated/parcels/parcels_client/__pycache__/client.cpython-311.pyc").write_text("")
    assert make(folder) == []


def test_one_api_is_always_looked_at_and_says_nothing_of_the_others(folder: Path) -> None:
    assert make(folder, "API=parcels") == ["specloom"]
    assert make(folder) == []
    let_time_pass(folder)
    edit(folder / "specs/parcels/openapi.yaml")
    assert make(folder, "API=parcels") == ["specloom"]
    assert make(folder) == ["specloom"]


def test_other_specs_are_always_looked_at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPECLOOM_SPECS", "elsewhere")
    assert make(folder) == ["specloom"]


def test_lost_records_are_made_again(folder: Path) -> None:
    remove_folder(folder / ".cache/build.json")
    assert make(folder) == CODE
