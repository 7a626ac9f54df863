"""Documents are found in a folder, and their operations counted, over several files too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.foreign.documents import alike, find_documents, read_document

PETS = """openapi: 3.0.3
info: {title: Pets, version: 2024-01-01}
paths:
  /pets/{petId}:
    parameters: []
    get: {}
    delete: {}
  /owners: {$ref: 'parts/owners.yaml#/all'}
  x-not-a-path: {get: {}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pets" / "parts").mkdir(parents=True)
    (tmp_path / "pets" / "Root.yml").write_text(PETS, "utf-8")
    (tmp_path / "pets" / "parts" / "owners.yaml").write_text("all: {$ref: 'more.json'}\n", "utf-8")
    (tmp_path / "pets" / "parts" / "more.json").write_text(json.dumps({"post": {}, "summary": ""}), "utf-8")
    (tmp_path / "Plain API.json").write_text(json.dumps({"openapi": "3.1.0", "paths": {}}), "utf-8")
    (tmp_path / "old.yaml").write_text("swagger: '2.0'\n", "utf-8")
    (tmp_path / "notes.txt").write_text("openapi: 3.0.0", "utf-8")
    return tmp_path


def test_roots_are_found_and_named(folder: Path) -> None:
    assert find_documents(folder) == [
        ("old", folder / "old.yaml"),
        ("pets", folder / "pets" / "Root.yml"),
        ("plain-api", folder / "Plain API.json"),
    ]


def test_two_roots_in_one_folder_are_named_by_their_files(folder: Path) -> None:
    (folder / "pets" / "second.yaml").write_text(PETS, "utf-8")
    assert [name for name, _ in find_documents(folder)] == ["old", "pets-root", "pets-second", "plain-api"]


def test_operations_are_counted_over_several_files(folder: Path) -> None:
    document = read_document("pets", folder / "pets" / "Root.yml")
    assert document.operations == ("GET /pets/{petId}", "DELETE /pets/{petId}", "POST /owners")
    assert document.version == "3.0.3"
    files = (path for path in (folder / "pets").rglob("*") if path.is_file())
    assert document.size * 1000 == sum(path.stat().st_size for path in files)


def test_templates_are_alike_whatever_stands_in_braces() -> None:
    assert alike("GET /pets/{petId}/x") == alike("GET /pets/{pet_id}/x") != alike("GET /pets/petId/x")
