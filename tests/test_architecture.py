"""Rooms import what README's table of the architecture says; the contracts in pyproject.toml report anything else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import attrs
import pytest

ROOT: Final = Path(__file__).parents[1]


@attrs.frozen
class Row:
    """What README's table says of a room: the rooms that it may import, and the libraries that it alone may."""

    rooms: frozenset[str]
    libraries: frozenset[str]


def _rows() -> dict[str, Row]:
    section = (ROOT / "README.md").read_text("utf-8").split("\n## Architecture\n")[1].split("\n## ")[0]
    found = re.findall(r"^\| `([a-z]+)` \| .+ \| (.+) \| (.+) \|$", section, re.MULTILINE)
    assert found
    return {room: Row(_names(rooms), _names(libraries)) for room, rooms, libraries in found}


def _names(cell: str) -> frozenset[str]:
    return frozenset(re.findall(r"`([a-z_]+)`", cell))


TABLE: Final = _rows()


def _linted(folder: Path) -> subprocess.CompletedProcess[str]:
    """Hold the imports of `folder`/scripts against the contracts of `folder`/pyproject.toml."""
    return subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "scripts"), "COLUMNS": "300"},
        capture_output=True,
        text=True,
        check=False,
    )


def _write(module: Path, imported: list[str]) -> None:
    """Write a module that imports these."""
    module.parent.mkdir(exist_ok=True)
    module.write_text("".join(f"import {name}\n" for name in imported))


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is said when a module in each room imports every other room, every library of the table, and bench."""
    folder = tmp_path_factory.mktemp("intruded")
    shutil.copytree(ROOT / "scripts", folder / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    rooms = folder / "scripts/specloom"
    alone = [library for row in TABLE.values() for library in row.libraries]
    for room in TABLE:
        _write(
            rooms / room / "intruder.py", [*(f"specloom.{other}" for other in TABLE if other != room), *alone, "bench"]
        )
    _write(rooms / "spec/circle/there.py", ["specloom.spec.back"])
    _write(rooms / "spec/back.py", ["specloom.spec.circle.here"])
    _write(rooms / "spec/circle/here.py", [])
    _write(rooms / "spec/circle/__init__.py", [])
    _write(rooms / "annexe/__init__.py", [])
    done = _linted(folder)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


def test_no_room_imports_what_it_may_not(root: Path) -> None:
    done = _linted(root)

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_table_lists_every_room(root: Path) -> None:
    assert {path.parent.name for path in (root / "scripts/specloom").glob("*/__init__.py")} == set(TABLE)


@pytest.mark.parametrize("room", TABLE)
def test_a_room_may_import_the_rooms_of_the_table_and_no_other(reported: str, room: str) -> None:
    refused = re.findall(rf"^specloom\.{room} is not allowed to import specloom\.([a-z]+):", reported, re.MULTILINE)
    refused += re.findall(rf"^- specloom\.{room}\.intruder -> specloom\.([a-z]+) \(", reported, re.MULTILINE)

    assert set(refused) == set(TABLE) - {room} - TABLE[room].rooms


@pytest.mark.parametrize("room", TABLE)
def test_a_library_of_the_table_may_be_imported_by_its_room_alone(reported: str, room: str) -> None:
    refused = re.findall(r"^- specloom\.([a-z]+)\.intruder -> ([a-z_]+) \(", reported, re.MULTILINE)

    for library in TABLE[room].libraries:
        assert {importer for importer, imported in refused if imported == library} == set(TABLE) - {room}


def test_no_room_may_import_the_benchmarks(reported: str) -> None:
    (refused,) = re.findall(
        r"^specloom is not allowed to import bench:\n(.+?)\n\n\n", reported, re.MULTILINE | re.DOTALL
    )

    assert set(re.findall(r"specloom\.([a-z]+)\.intruder -> bench", refused)) == set(TABLE)


def test_a_circle_of_imports_within_a_room_is_reported(reported: str) -> None:
    assert "No cycles are allowed in specloom.spec." in reported


def test_a_room_that_no_contract_names_is_reported(reported: str) -> None:
    assert re.search(r"not listed as layers:\n\n- specloom\.annexe$", reported, re.MULTILINE)
