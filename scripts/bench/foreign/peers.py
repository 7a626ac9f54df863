"""What the two other generators make of a document, as anybody runs them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import attrs

from bench.foreign.checking import import_errors, type_errors
from bench.foreign.documents import ForeignDocument, alike
from bench.foreign.generated import by_dictionaries, by_keywords
from bench.foreign.row import Row
from bench.peers import generator_jar, peer_python
from bench.peers.jar import GENERATOR
from bench.running import Run, run

OPC = f"openapi-python-client {version('openapi-python-client')}"
OPENAPI_GENERATOR = f"openapi-generator {GENERATOR}"


def openapi_python_client(document: ForeignDocument, row: Row, folder: Path, limit: float) -> Row:
    """Fill in what the stock openapi-python-client makes of a document.

    Where it breaks down, it is run again with the setting that it then names: literals in place of enums.
    """
    arguments = ("generate", "--path", str(document.path.resolve()), "--meta", "none", "--output-path", "client")
    done = run(["openapi-python-client", *arguments], folder, limit=limit)
    notes: tuple[str, ...] = ()
    if "literal_enums" in f"{done.out}{done.err}":
        notes = ("openapi-python-client: needs literal_enums",)
        (folder / "settings.yaml").write_text("literal_enums: true\n", "utf-8")
        done = run(["openapi-python-client", *arguments, "--config", "settings.yaml"], folder, limit=limit)
    row = _used(row, done)
    if not (folder / "client" / "__init__.py").exists():
        return attrs.evolve(row, notes=(*notes, done.why or "openapi-python-client: nothing was written"))
    kept = by_dictionaries(folder / "client" / "api")
    row = attrs.evolve(row, kept=tuple(sorted(kept)), lost=tuple(_said_to_be_lost(done.err, kept)), notes=notes)
    return _checked(row, sys.executable, folder, "client", limit)


def openapi_generator(document: ForeignDocument, row: Row, folder: Path, limit: float) -> Row:
    """Fill in what the Python generator of openapi-generator makes of a document.

    Where it refuses a document that it takes for invalid, it is run again as it then says: without validation.
    """
    java, archive = generator_jar()
    arguments = ("generate", "-g", "python", "-i", str(document.path.resolve()), "-o", "out")
    line = [java, "-jar", str(archive), *arguments, "--package-name", "client"]
    done = run(line, folder, limit=limit)
    notes: tuple[str, ...] = ()
    if done.status and not done.late:
        notes = ("openapi-generator: needs --skip-validate-spec",)
        done = run([*line, "--skip-validate-spec"], folder, limit=limit)
    row = _used(row, done)
    if done.failed:
        return attrs.evolve(row, notes=(*notes, done.why))
    kept = by_keywords(folder / "out" / "client" / "api", "method", "resource_path")
    row = attrs.evolve(row, kept=tuple(sorted(kept)), notes=notes)
    return _checked(row, peer_python(), folder / "out", "client", limit)


def _said_to_be_lost(text: str, kept: set[str]) -> Iterator[str]:
    """Yield `GET /path: why` for each warning about an operation that is lost; the reason is the next paragraph."""
    for name, reason in re.findall(r"^WARNING parsing (\S+ \S+) within .*\n\s*\n(.*)$", text, re.MULTILINE):
        if alike(name) not in kept:
            yield f"{name}: {reason}"


def _used(row: Row, done: Run) -> Row:
    return attrs.evolve(row, seconds=done.seconds, processor_seconds=done.processor_seconds, peak=done.peak)


def _checked(row: Row, python: Path | str, folder: Path, package: str, limit: float) -> Row:
    types = type_errors(python, folder, package, folder / ".mypy_cache", limit)
    imports = import_errors(python, folder, package, limit)
    notes = (*row.notes, *filter(None, (types.note, imports.note)))
    return attrs.evolve(row, type_errors=types.errors, import_errors=imports.errors, notes=notes)
