"""A folder of documents is measured from the command line: a row for each, once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest

from bench.foreign import command
from bench.foreign.documents import ForeignDocument
from bench.foreign.ours import specloom
from bench.foreign.row import Row
from specloom.spec import SpecloomError

PETS: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Pets", "version": "1"},
    "servers": [{"url": "https://pets.example"}],
    "paths": {
        "/pets": {
            "get": {
                "responses": {
                    "200": {"description": "all", "content": {"application/json": {"schema": {"type": "string"}}}}
                }
            }
        }
    },
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "pets.json").write_text(json.dumps(PETS), "utf-8")
    (folder / "toys.yaml").write_text("openapi: 3.0.0\npaths: {\n", "utf-8")
    monkeypatch.setattr(command, "FOLDER", tmp_path / "kept")
    return folder


def test_each_tool_has_a_row_whatever_becomes_of_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def ours(document: ForeignDocument, row: Row, work: Path, limit: float) -> Row:
        assert (work.is_dir(), limit) == (True, 60.0)
        asked.append(document.name)
        return attrs.evolve(row, kept=("GET /pets",), seconds=1.0)

    def other(document: ForeignDocument, row: Row, work: Path, limit: float) -> Row:
        del row, work, limit
        raise SpecloomError(f"there is no Java for {document.name}")

    monkeypatch.setattr(command, "_tools", lambda _: {"specloom": ours, "other": other})
    for jobs in ("2", "1"):  # The second time all is known.
        assert command.main([str(folder), "--limit", "60", "--jobs", jobs]) == 1  # One of them is no document.
    assert asked == ["pets"]
    shown = capsys.readouterr().out
    assert "- pets, other: missing: there is no Java for pets" in shown
    assert "- toys, specloom: ParserError: " in shown
    assert command.main([str(folder), "--limit", "60", "--only", "pets", "--ours", "--again"]) == 0
    assert asked == ["pets", "pets"]


def test_each_document_has_a_row_however_odd_it_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    last = {"info": {"title": "Pets", "description": "x" * 300_000}, **PETS}
    last["openapi"] = last.pop("openapi")
    odd = {
        "pets.yaml": "openapi: 3.1.0\npaths: [a]\n",
        "far/Last.JSON": json.dumps(last),
        "list.json": "[]",
        "empty.yml": "",
        "older.yaml": "swagger: '2.0'\n",
        "binary.yaml": "\x00",
        "own/older.yaml": "swagger: '2.0'\n",
    }
    for name, text in odd.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    monkeypatch.setattr(command, "_tools", lambda _: {"specloom": lambda _, row, *__: row})
    assert command.main([str(folder)]) == 1
    table = [line.split(" | ") for line in capsys.readouterr().out.splitlines() if line.startswith("| ")]
    found = {cells[0].removeprefix("| "): cells[3] for cells in table[2:]}
    without = dict.fromkeys(("binary", "empty", "list", "older", "own", "pets-2", "toys"), "0")
    assert found == {"far": "1", "pets": "1", **without}


def test_a_document_that_is_not_there_is_said_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([str(folder), "--only", "dogs"]) == 2
    assert "has no spec dogs; there is pets, toys" in capsys.readouterr().err


def test_specloom_is_measured_in_all_it_does(folder: Path, tmp_path: Path) -> None:
    document = ForeignDocument("pets", folder / "pets.json", "3.0.3", ("GET /pets",), 0.3)
    found = specloom(document, Row("pets", "specloom", "", 0.3, "3.0.3", ("GET /pets",)), tmp_path, 120.0)
    assert found.notes == ()
    assert found.kept == ("GET /pets",)
    assert (found.lint_errors, found.type_errors, found.import_errors, found.changes) == (0, 0, 0, 0)
    assert (found.asked, found.answered, found.false_alarms) == (1, 1, 0)


def test_a_document_that_specloom_refuses_has_a_row_all_the_same(folder: Path, tmp_path: Path) -> None:
    document = ForeignDocument("toys", folder / "toys.yaml", "", (), 0.0)
    found = specloom(document, Row("toys", "specloom", "", 0.0, "", ()), tmp_path, 60.0)
    assert (found.kept, found.seconds) == ((), None)
    assert found.notes[0].startswith("specloom adopt: exit 2: error: ")
