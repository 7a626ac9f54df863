"""Find the OpenAPI documents in a folder, and count what each has, without anything of specloom's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import attrs
import yaml

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""The methods of OpenAPI 3.1."""

_SUFFIXES: Final = frozenset({".yaml", ".yml", ".json"})
_YAML_ROOT: Final = re.compile(rb"(?m)^[\"']?openapi[\"']?\s*:\s*[\"']?3")
_JSON_ROOT: Final = re.compile(rb"\"openapi\"\s*:\s*\"3")
_HEAD: Final = 200_000
"""Bytes of a file in which the version has to stand."""


@attrs.frozen
class ForeignDocument:
    """An OpenAPI document: the name that it gets, its root file, its version, and its operations as `GET /path`.

    `size` is the kilobytes (1000 bytes) of the root file and of those that its path items come from.
    """

    name: str
    path: Path
    version: str
    operations: tuple[str, ...]
    size: float


def find_documents(folder: Path) -> list[tuple[str, Path]]:
    """Return (name, root file) of each OpenAPI 3 document below `folder`, by name.

    One that stands in a folder of its own, with the files that it refers to, has the name of that folder.
    """
    roots = [path for path in sorted(folder.rglob("*")) if path.suffix in _SUFFIXES and _is_root(path)]
    tops = [path.relative_to(folder).parts[0] for path in roots]
    found = {}
    for path, top in zip(roots, tops, strict=True):
        alone = tops.count(top) == 1
        name = slug(Path(top).stem if alone else "-".join(path.relative_to(folder).with_suffix("").parts))
        found[name] = path
    return sorted(found.items())


def read_document(name: str, path: Path) -> ForeignDocument:
    """Count what the document at `path` has. Raises OSError, ValueError and yaml.YAMLError when it cannot be read."""
    files = _Files()
    root = files.read(path)
    operations = [f"{method.upper()} {template}" for template, method in _operations(root, path, files)]
    return ForeignDocument(name, path, str(root.get("openapi", "")), tuple(operations), files.size / 1000)


def alike(operation: str) -> str:
    """Return `GET /pets/{}` for `GET /pets/{petId}`: generators rename what stands in braces."""
    return re.sub(r"\{[^}]*\}", "{}", operation)


def slug(text: str) -> str:
    """Return text as a name of an API: lower case, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


class _Files:
    def __init__(self) -> None:
        self._read: dict[Path, Any] = {}
        self.size = 0

    def read(self, path: Path) -> Any:
        path = path.resolve()
        if path not in self._read:
            content = path.read_bytes()
            self.size += len(content)
            if path.suffix == ".json":
                self._read[path] = json.loads(content)
            else:
                # Scalars stay text: dates and numbers that no JSON could hold are none of our business.
                self._read[path] = yaml.load(content, Loader=yaml.CBaseLoader)  # noqa: S506 - builds text alone
        return self._read[path]


def _operations(root: Any, path: Path, files: _Files) -> Iterator[tuple[str, str]]:
    for template, item in (root.get("paths") or {}).items():
        whole, place = item, path
        while isinstance(whole, dict) and isinstance(whole.get("$ref"), str):
            whole, place = _target(whole["$ref"], place, files)
        if template.startswith("/") and isinstance(whole, dict):
            yield from ((template, method) for method in METHODS if method in whole)


def _target(reference: str, path: Path, files: _Files) -> tuple[Any, Path]:
    """Return what a `$ref` in the file `path` leads to, and the file where that stands."""
    file, _, pointer = reference.partition("#")
    path = path.parent / unquote(file) if file else path
    found = files.read(path)
    for token in filter(None, unquote(pointer).split("/")):
        found = found[token.replace("~1", "/").replace("~0", "~")]
    return found, path


def _is_root(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return bool((_JSON_ROOT if head.lstrip().startswith(b"{") else _YAML_ROOT).search(head))
