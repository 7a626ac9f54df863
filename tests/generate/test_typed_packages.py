"""Packages of operations with bodies and answers of several kinds import and are strictly typed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from mypy import api as mypy

from specloom.generate import generate
from specloom.generate.commandline.readers import Reader, any_of, file_of, instance

THING = {"$ref": "#/components/schemas/Thing"}
BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


class File:
    """Stands in for the class of files of a package."""

    def __init__(self, payload: BytesIO, file_name: str) -> None:
        """Take content and name."""
        self.content, self.name = payload.read(), file_name


class Model:
    """Stands in for a model of a package."""

    @classmethod
    def from_dict(cls, value: dict[str, Any]) -> int:
        """Count the members."""
        return len(value)


def test_what_may_be_json_or_bytes_is_typed(tmp_path: Path) -> None:
    content = {"application/json": {"schema": THING}, **BYTES}
    kinds = {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}
    thing = {"type": "object", "required": ["kinds"], "properties": {"kinds": kinds, "more": {"anyOf": [kinds, THING]}}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Odd", "version": "1.0.0", "description": "Odd."},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {
            "/things": {
                "post": {
                    "operationId": "send",
                    "tags": ["things"],
                    "requestBody": {"required": True, "content": content},
                    "responses": {
                        "200": {
                            "description": "Done.",
                            "content": {
                                "application/json": {"schema": {"$ref": "#/components/schemas/Answer"}},
                                "application/pdf": {"schema": {"type": "string"}},
                            },
                        }
                    },
                }
            }
        },
        "components": {"schemas": {"Thing": thing, "Answer": {"type": "object", "properties": {"thing": THING}}}},
    }
    path = tmp_path / "specs" / "odd" / "openapi.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")
    generate([path], tmp_path / "generated", jobs=1)
    package = tmp_path / "generated" / "odd" / "odd_client"
    found, errors, status = mypy.run(["--strict", "--cache-dir", str(tmp_path / "cache"), str(package)])
    assert (status, errors) == (0, ""), found
    assert "Answer.from_dict({})" in (package / "operations.py").read_text("utf-8")
    assert "commandline.file_of(File)" in (package / "commands.py").read_text("utf-8")


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A file that is no JSON."""
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG")
    return path


def test_a_file_of_any_content_is_read(picture: Path) -> None:
    for reader in (file_of(File), any_of(instance(Model), file_of(File))):
        found = reader.from_text(f"@{picture}")
        assert (found.content, found.name) == (b"\x89PNG", "picture.png")


def test_a_file_of_json_is_read_as_such_where_it_may_be_either(tmp_path: Path) -> None:
    (tmp_path / "thing.json").write_text('{"a": 1}', "utf-8")
    assert any_of(instance(Model), file_of(File)).from_text(f"@{tmp_path}/thing.json") == 1
    assert file_of(File).from_text(f"@{tmp_path}/thing.json").content == b'{"a": 1}'


@pytest.mark.parametrize("reader", [file_of(File), any_of(instance(Model), file_of(File))], ids=["file", "either"])
@pytest.mark.parametrize("text", ["picture.png", "@nowhere.png"])
def test_what_is_no_file_is_told(reader: Reader, text: str) -> None:
    with pytest.raises(ValueError, match=r"must be|cannot be read"):
        reader.from_text(text)
