"""A folder with the specs of two small APIs, and how to look at what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

Write = Callable[..., Path]
Tree = Callable[[Path], dict[str, bytes]]


def _document(name: str) -> dict[str, Any]:
    """Return a spec with one operation that takes and answers an object."""
    return {
        "openapi": "3.1.0",
        "info": {"title": name.title(), "version": "1.2.3", "description": f"The API of {name}."},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {
            f"/{name}/{{id}}": {
                "post": {
                    "operationId": f"change-{name}",
                    "tags": [name],
                    "parameters": [
                        {
                            "name": "id",
                            "in": "path",
                            "required": True,
                            "description": "Which one.",
                            "schema": {"type": "string"},
                            "examples": {"one": {"value": "a-1"}},
                        }
                    ],
                    "requestBody": {
                        "content": {
                            "application/json": {
                                "schema": {"$ref": "#/components/schemas/Thing"},
                                "examples": {"one": {"value": {"name": "x"}}},
                            }
                        }
                    },
                    "responses": {
                        "200": {
                            "description": "Changed.",
                            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}},
                        }
                    },
                }
            }
        },
        "components": {
            "schemas": {
                "Thing": {
                    "type": "object",
                    "description": "A thing.",
                    "required": ["name"],
                    "properties": {"name": {"type": "string"}, "kind": {"$ref": "#/components/schemas/Kind"}},
                },
                "Kind": {"type": "string", "enum": ["big", "small"]},
            }
        },
    }


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the spec of an API, changed by a function or replaced by a text, and return its path."""

    def write_spec(name: str, change: Callable[[dict[str, Any]], Any] | str | None = None) -> Path:
        path = tmp_path / "specs" / name / "openapi.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        document = _document(name)
        if callable(change):
            change(document)
        path.write_text(change if isinstance(change, str) else yaml.safe_dump(document, sort_keys=False))
        return path

    return write_spec


@pytest.fixture
def specs(write: Write) -> list[Path]:
    """Write the specs of two APIs."""
    return [write("pets"), write("toys")]


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Return the folder for the packages; it is not there yet."""
    return tmp_path / "generated"


@pytest.fixture
def tree() -> Tree:
    """Return the content of every file below a folder, by relative name."""

    def read(folder: Path) -> dict[str, bytes]:
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    return read
