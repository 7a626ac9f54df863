"""`python -m bench foreign FOLDER`: a row for each spec in a folder and each tool, each in processes of its own."""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final

import attrs

from bench.foreign.documents import ForeignDocument, find_documents, read_document
from bench.foreign.ours import FUZZ_SECONDS, STEPS, Extent, specloom
from bench.foreign.peers import OPC, OPENAPI_GENERATOR, openapi_generator, openapi_python_client
from bench.foreign.report import report
from bench.foreign.row import Row
from bench.foreign.store import Store
from bench.machine import described
from bench.running import LIMIT
from specloom.scheduling import under_way
from specloom.scheduling.fingerprint import fingerprint
from specloom.spec import SpecloomError

FOLDER: Final = Path(".cache/bench/foreign")
"""Where the rows, the table and what was generated are kept, from the root of the repository."""

Tool = Callable[[ForeignDocument, Row, Path, float], Row]


def main(arguments: Sequence[str]) -> int:
    """Measure; print the table. Returns 0, or 1 when one of our rows could not be measured at all."""
    options = _parser().parse_args(arguments)
    tools = _tools(Extent(tuple(options.steps), options.fuzz_seconds))
    if options.ours:
        tools = {"specloom": tools["specloom"]}
    store = Store(FOLDER / "rows.json")
    documents = find_documents(options.folder)
    unknown = set(options.only) - {name for name, _ in documents}
    if unknown or not documents:
        found = ", ".join(name for name, _ in documents) or "nothing"
        sys.stderr.write(f"{options.folder} has no spec {', '.join(sorted(unknown))}; there is {found}\n")
        return 2
    chosen = [each for each in documents if not options.only or each[0] in options.only]
    heading = described(("openapi-python-client", "datamodel-code-generator", "schemathesis", "mypy"))
    todo = [each for name, path in chosen for each in _todo(name, path, tools, store, options)]
    with ThreadPoolExecutor(options.jobs) as threads:
        measured = under_way(lambda each: threads.submit(_row, *each, options.limit), todo, options.jobs)
        with closing(measured):
            for _, future in measured:
                row = future.result()
                store.put(row)
                (FOLDER / "foreign.md").write_text(report(store.rows, heading), "utf-8")
                sys.stderr.write(f"{row.name}, {row.tool}: {len(row.kept)} of {len(row.operations)}\n")
    names = {name for name, _ in chosen}
    shown = [row for row in store.rows if row.name in names and (not options.ours or row.tool == "specloom")]
    sys.stdout.write(report(shown, heading, store.rows))
    return int(any(row.tool == "specloom" and row.seconds is None for row in shown))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench foreign", description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder of OpenAPI documents")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="this document alone")
    parser.add_argument("--ours", action="store_true", help="measure specloom alone")
    parser.add_argument("--again", action="store_true", help="measure also what is known")
    parser.add_argument("--steps", nargs="*", choices=STEPS, default=STEPS, help="what to do after the generation")
    parser.add_argument("--fuzz-seconds", type=float, default=FUZZ_SECONDS, help="how long a campaign goes on")
    parser.add_argument("--jobs", type=int, default=1, help="rows at once; each then takes longer")
    parser.add_argument("--limit", type=float, default=LIMIT, metavar="SECONDS", help="for each command")
    return parser


def _tools(extent: Extent) -> dict[str, Tool]:
    return {
        "specloom": partial(specloom, extent=extent),
        OPC: openapi_python_client,
        OPENAPI_GENERATOR: openapi_generator,
    }


def _todo(
    name: str, path: Path, tools: dict[str, Tool], store: Store, options: argparse.Namespace
) -> Iterator[tuple[Path, Row, Tool]]:
    """Yield the rows that are to be measured for one document, still empty, with the tools that fill them in."""
    for tool, measure in tools.items():
        made_of = _made_of(path, tool, options)
        known = store.get(name, tool)
        if known is None or known.made_of != made_of or options.again:
            yield path, Row(name, tool, made_of, 0, "", ()), measure


def _row(path: Path, row: Row, measure: Tool, limit: float) -> Row:
    """Measure one row; whatever goes wrong stands in it."""
    folder = (FOLDER / "work" / row.name / row.tool.replace(" ", "-")).absolute()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        document = read_document(row.name, path)
        row = attrs.evolve(row, size=document.size, version=document.version, operations=document.operations)
        return measure(document, row, folder, limit)
    except SpecloomError as error:
        return attrs.evolve(row, notes=(*row.notes, f"missing: {error.message}"))
    except Exception as error:  # noqa: BLE001 - one document, however odd, does not end a run of hours over all of them
        return attrs.evolve(row, notes=(*row.notes, f"{type(error).__name__}: {str(error)[:300]}"))


def _made_of(path: Path, tool: str, options: argparse.Namespace) -> str:
    """Return what the row depends on; ours on our sources and the steps, the others on their versions in `tool`."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    own = f" {fingerprint()} {' '.join(options.steps)} {options.fuzz_seconds:g}" if tool == "specloom" else ""
    return f"{digest} {options.limit:g}{own}"
