"""Measure and print the figures: `python -m bench [--json] [--quick] [NAME ...]`, from the root of the repository.

`python -m bench foreign FOLDER` and `python -m bench directory` measure what the generators make of many specs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.figure import Figure
from bench.figures import FIGURES
from bench.machine import commit, described, moment, programs
from bench.peers.jar import GENERATOR
from bench.peers.prism import PRISM
from bench.results import Result, Results, report

_VERSIONS: Final = (
    *("httpx", "attrs", "pydantic", "openapi-python-client", "datamodel-code-generator", "schemathesis", "hypothesis"),
    *("uvicorn", "jsonschema-rs", "ruff", "mypy", "distributed"),
)
_COMMANDS: Final[Mapping[str, str]] = {
    "foreign": "bench.foreign.command",
    "directory": "bench.directory.command",
}
"""What has a command line of its own: it takes hours, or needs a folder."""


def main(arguments: Sequence[str]) -> int:
    """Measure what the command line names, or all; print it, and keep it in `.cache/bench/figures.md` and `.json`.

    A missed target is marked, and is no error; nor is a peer that cannot be had. Returns 1 when something of ours
    could not be measured.
    """
    # What is measured keeps its modules compiled, as with anybody; with this it would compile them on each run.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if arguments and arguments[0] in _COMMANDS:
        code: int = import_module(_COMMANDS[arguments[0]]).main(arguments[1:])
        return code
    options = _options(arguments)
    heading = [*described(_VERSIONS), f"{programs()}, Prism {PRISM}, openapi-generator {GENERATOR}"]
    results = []
    for name in options.names or FIGURES:
        result = _measure(name, quick=options.quick)
        results.append(result)
        if result.missing:
            sys.stderr.write(f"{name} could not be measured: {result.missing}\n")
        if not options.quick:
            Results().put(result, heading, list(FIGURES))
    figures = [figure for result in results for figure in result.figures]
    if options.json:
        sys.stdout.write(json.dumps({"measured": heading, "figures": [each.as_json() for each in figures]}) + "\n")
    else:
        sys.stdout.write(report(results, heading))
    return int(any(result.missing for result in results))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(FIGURES)}; otherwise all")
    parser.add_argument("--json", action="store_true", help="print JSON with every single value")
    parser.add_argument("--quick", action="store_true", help="measure a few times only, to see whether it works")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in FIGURES]
    if unknown:
        parser.error(f"there is no figure {', '.join(unknown)}; there are {', '.join(FIGURES)}")
    return options


def _measure(name: str, *, quick: bool) -> Result:
    """Measure one; whatever goes wrong costs no other figure, nor those that came before."""
    began, figures, missing = moment(), list[Figure](), ""
    try:
        with TemporaryDirectory() as folder:
            for figure in FIGURES[name](Path(folder) / "work", quick):
                figures.append(figure)
                sys.stderr.write(f"{figure.group}: {figure.what}: {figure.sample.median:.2f} {figure.unit}\n")
    except Exception as error:  # noqa: BLE001 - that is what is told
        said = str(error) or type(error).__name__
        missing = " ".join(said.split())
    return Result(name, tuple(figures), missing, began, moment(), commit())


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.stderr.write("stopped; what was measured is kept\n")
        raise SystemExit(130) from None
