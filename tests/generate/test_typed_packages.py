"""Packages of operations with bodies and answers of several kinds import and are strictly typed."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml

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


def _generated(folder: Path, paths: dict[str, Any], schemas: dict[str, Any]) -> Path:
    """Generate the package of an API."""
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Odd", "version": "1.0.0", "description": "Odd."},
        "servers": [{"url": "https://api.example.com"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }
    path = folder / "specs" / "typed" / "openapi.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")
    generate([path], folder / "generated", jobs=1)
    return folder / "generated" / "typed" / "typed_client"


def _operation(name: str, body: dict[str, Any], answer: dict[str, Any] | None = None) -> dict[str, Any]:
    responses = {"200": {"description": "Done.", **({"content": answer} if answer else {})}}
    return {"post": {"operationId": name, "tags": ["things"], "requestBody": body, "responses": responses}}


def test_bodies_and_answers_of_several_kinds_are_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, strictly_typed: Callable[[Path], None]
) -> None:
    kinds = {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}
    members = {"kinds": kinds, "more": {"anyOf": [kinds, THING, {"$ref": "#/components/schemas/Closed"}]}}
    schemas = {
        "Thing": {"type": "object", "required": ["kinds"], "properties": members},
        "Answer": {"type": "object", "properties": {"thing": THING}},
        "Closed": {"type": "object", "additionalProperties": False},
    }
    answer = {
        "application/json": {"schema": {"$ref": "#/components/schemas/Answer"}},
        "application/pdf": {"schema": {"type": "string"}},
    }
    either = {"required": True, "content": {"application/json": {"schema": THING}, **BYTES}}
    unions = {
        "classes": [THING, {"$ref": "#/components/schemas/Closed"}],
        "mixed": [THING, {"type": "string"}],
        "plain": [{"type": "integer"}, {"type": "string"}],
    }
    bodies = {name: {"content": {"application/json": {"schema": {"anyOf": union}}}} for name, union in unions.items()}
    paths = {f"/{name}": _operation(f"send_{name}", body) for name, body in bodies.items()}
    package = _generated(tmp_path, {"/either": _operation("send", either, answer), **paths}, schemas)
    strictly_typed(package)
    assert "Answer.from_dict({})" in (package / "operations.py").read_text("utf-8")
    assert "commandline.file_of(File)" in (package / "commands.py").read_text("utf-8")
    monkeypatch.syspath_prepend(str(package.parent))
    for name in unions:
        module = importlib.import_module(f"typed_client.api.things.send_{name}")
        assert "json" not in module._get_kwargs()  # noqa: SLF001 - what sends nothing for a body that is not given


def test_operations_whose_names_run_together_stay_apart(tmp_path: Path, strictly_typed: Callable[[Path], None]) -> None:
    paths = {
        f"/{index}": {"post": {"operationId": name, "tags": [tag], "responses": {"200": {"description": "Done."}}}}
        for index, (tag, name) in enumerate((("pets", "list_all"), ("pets_list", "all")))
    }
    package = _generated(tmp_path, paths, {"Unused": {"type": "object"}})
    strictly_typed(package)
    for module in ("operations.py", "commands.py"):
        functions = re.findall(r"^def (\w*pets\w*)\(", (package / module).read_text("utf-8"), re.MULTILINE)
        assert len(set(functions)) == len(functions) == len(paths), module


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
