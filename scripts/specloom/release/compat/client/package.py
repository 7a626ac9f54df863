"""Read what a generated package offers to those who import it, without importing it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs
import griffe

from specloom.spec import Place, SpecloomError

# What checks the parameters of an operation inside the package; no one is told of these.
_INTERNAL: Final = re.compile(r"(Path|Query|Header|Cookie)Parameters")


@attrs.frozen
class Package:
    """A package: its public classes and constants, by the name that a reader knows them by, as in `models.Order`.

    What the package itself exports has no module before it, and neither have the groups of methods.
    """

    module: griffe.Module = attrs.field(repr=False)
    classes: dict[str, griffe.Class] = attrs.field(repr=False)
    constants: dict[str, griffe.Attribute] = attrs.field(repr=False)


def read_package(folder: Path) -> Package:
    """Read the distribution in `folder`. Raises SpecloomError when there is no package in it."""
    names = [path.parent.name for path in sorted(folder.glob("*_client/__init__.py"))]
    if not names:
        raise SpecloomError("there is no package here", place=Place(folder), remedy="run `make generate` first")
    module = griffe.load(names[0], search_paths=[folder], allow_inspection=False, resolve_aliases=True)
    assert isinstance(module, griffe.Module)  # noqa: S101 - what is loaded by the name of a package is a module
    classes: dict[str, griffe.Class] = {}
    constants: dict[str, griffe.Attribute] = {}
    for name, found in _public(module):
        if isinstance(found, griffe.Class):
            classes[name] = found
        elif isinstance(found, griffe.Attribute):
            constants[name] = found
    return Package(module, classes, constants)


def _public(module: griffe.Module) -> Iterator[tuple[str, griffe.Object]]:
    """Yield what is public, each under one name: that of the package before those of its modules."""
    seen: set[str] = set()
    for prefix, name, found in _offered(module):
        target = found.final_target if isinstance(found, griffe.Alias) else found
        if target.canonical_path not in seen:
            seen.add(target.canonical_path)
            yield f"{prefix}{name}", target


def _offered(module: griffe.Module) -> Iterator[tuple[str, str, griffe.Object | griffe.Alias]]:
    for name in sorted(map(str, module.exports or ())):
        yield "", name, module.members[name]
    for name, found in module["facade"].members.items():
        if isinstance(found, griffe.Class) and not name.startswith("_"):
            yield "", name, found
    for part in ("errors", "models"):
        for name in sorted(map(str, module[part].exports or ())):
            yield f"{part}.", name, module[part].members[name]
    for name, found in module["schemas"].members.items():
        if isinstance(found, griffe.Class) and not _INTERNAL.search(name):
            yield "schemas.", name, found
