"""Record what a package was made of, so that it is made again only when that, or the package, has changed."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import attrs

from specloom.generate.naming import Names
from specloom.generate.result import Counts, Loss
from specloom.spec import Place, SpecloomError
from specloom.spec.ledger import digest

RECORD: Final = ".specloom.json"
"""The file in each package that holds its record."""

_TOOLS: Final = ("openapi-python-client", "datamodel-code-generator", "ruff")


def makers() -> dict[str, str]:
    """Return what every package depends on: these sources and the generators, by digest or version."""
    return {"specloom": digest([Path(__file__).parent]), **{tool: version(tool) for tool in _TOOLS}}


def inputs(spec: Path, names: Names, made_by: Mapping[str, str]) -> dict[str, str]:
    """Return what the package of `spec` depends on: the spec, and what `makers` says.

    Raises SpecloomError when the spec cannot be read.
    """
    try:
        content = digest([spec])
    except OSError as error:
        raise SpecloomError(f"cannot be read: {error.strerror}", place=Place(spec), remedy="check the path") from None
    return {"source": names.source, "spec": content, **made_by}


def files(folder: Path) -> dict[str, Path]:
    """Return the files of the package in `folder` by relative name, in order; what running tools leaves is none."""
    found = []
    start = len(str(folder)) + 1
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not _is_cache(name)]
        inner = f"{root[start:]}/" if len(root) >= start else ""
        found += [f"{inner}{name}" for name in names if not _is_cache(name)]
    return {name: folder / name for name in sorted(found, key=lambda name: name.split("/"))}


def write_record(folder: Path, made_of: Mapping[str, str], counts: Counts) -> None:
    """Write the record of the package that now stands in `folder`."""
    record = {"inputs": dict(made_of), "output": _output(folder), "counts": attrs.asdict(counts)}
    (folder / RECORD).write_text(json.dumps(record, indent=2) + "\n", "utf-8")


def up_to_date(folder: Path, made_of: Mapping[str, str]) -> Counts | None:
    """Return what the package in `folder` holds if it was made of just this and is as it was made, else None."""
    try:
        record: Any = json.loads((folder / RECORD).read_text("utf-8"))
        current = record["inputs"] == made_of and record["output"] == _output(folder)
        losses = tuple(Loss(**each) for each in record["counts"].pop("losses"))
        return Counts(**record["counts"], losses=losses) if current else None
    except (OSError, ValueError, TypeError, LookupError):
        return None


def _output(folder: Path) -> str:
    found = {name: path for name, path in files(folder).items() if name != RECORD}
    return digest(found.values(), *found)


def _is_cache(part: str) -> bool:
    return part == "__pycache__" or (part.startswith(".") and part.endswith("_cache"))
