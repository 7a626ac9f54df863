"""The stock generator is run on a document as anybody runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.foreign.documents import read_document
from bench.foreign.peers import OPC, openapi_python_client
from bench.foreign.row import Row
from bench.peers import generator_jar
from specloom.spec import SpecloomError

ANSWER = {"200": {"description": "all is well", "content": {"application/json": {"schema": {"type": "string"}}}}}
PETS = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1"},
    "paths": {
        "/pets/{petId}": {
            "get": {
                "parameters": [{"name": "petId", "in": "path", "required": True, "schema": {"type": "string"}}],
                "responses": ANSWER,
            },
            "post": {"parameters": [{"$ref": "other.yaml#/Id"}], "responses": ANSWER},
        },
    },
}


def _measured(content: str, folder: Path) -> Row:
    path = folder / "pets.json"
    path.write_text(content, "utf-8")
    document = read_document("pets", path)
    row = Row("pets", OPC, "", document.size, document.version, document.operations)
    work = folder / "work"
    work.mkdir()
    return openapi_python_client(document, row, work, 120)


def test_what_it_keeps_and_loses_is_told(tmp_path: Path) -> None:
    row = _measured(json.dumps(PETS), tmp_path)
    assert row.kept == ("GET /pets/{}",)
    assert [line.split(": ")[0] for line in row.lost] == ["POST /pets/{petId}"]
    assert "Remote references" in row.lost[0]
    assert row.import_errors == 0
    assert row.type_errors is not None
    assert row.peak is not None
    assert row.peak > 20


def test_a_document_that_it_refuses_has_a_row_all_the_same(tmp_path: Path) -> None:
    row = _measured('{"openapi": "3.1.0"}', tmp_path)
    assert (row.kept, row.type_errors) == ((), None)
    assert row.notes != ()


def test_it_is_said_that_there_is_no_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SpecloomError, match="there is no Java"):
        generator_jar(tmp_path)
