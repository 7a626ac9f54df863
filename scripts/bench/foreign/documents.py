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
# Where a member stands in its object is of no importance: the version may come last, after megabytes.
_YAML_ROOT: Final = re.compile(rb"(?m)^[\"']?(?:openapi|swagger)[\"']?\s*:\s*[\"']?[0-9]")
_JSON_ROOT: Final = re.compile(rb"\"(?:openapi|swagger)\"\s*:\s*\"[0-9]")


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
    """Return (name, root file) of each document in `folder`, by name; no two have the same.

    A YAML or JSON file in the folder itself is one, whatever it says. In a folder of its own, with the files that it
    refers to, it is the one that names its version of OpenAPI, and has the name of that folder.
    """
    files = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in _SUFFIXES and path.is_file()]
    roots = [path for path in files if path.parent == folder or _is_root(path)]
    tops = [path.relative_to(folder).parts[0] for path in roots]
    found: dict[str, Path] = {}
    for path, top in zip(roots, tops, strict=True):
        alone = tops.count(top) == 1
        wanted = slug(Path(top).stem if alone else "-".join(path.relative_to(folder).with_suffix("").parts))
        name, number = wanted, 2
        while name in found:
            name, number = f"{wanted}-{number}", number + 1
        found[name] = path
    return sorted(found.items())


def read_document(name: str, path: Path) -> ForeignDocument:
    """Count what the document at `path` has.

    Raises OSError, ValueError, LookupError and yaml.YAMLError when it cannot be read, or is none of OpenAPI 3.
    """
    files = _Files()
    root = files.read(path)
    if not isinstance(root, dict) or not str(root.get("openapi", "")).startswith("3."):
        raise ValueError("this says nowhere that it is OpenAPI 3")
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
            if path.suffix.lower() == ".json":
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
    content = path.read_bytes()
    return bool((_JSON_ROOT if content.lstrip().startswith(b"{") else _YAML_ROOT).search(content))
