"""Measure and print the figures: `python -m bench [--json] [--quick] [NAME ...]`, from the root of the repository."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench import importing, overhead, proof, regenerating, sandbox, wheels
from bench.figure import Figure, missed
from bench.machine import described
from bench.packages import pairs
from bench.table import table
from specloom.spec import SpecloomError

_VERSIONS: Final = ("httpx", "attrs", "pydantic", "openapi-python-client", "datamodel-code-generator")


def _overhead(folder: Path, *, quick: bool) -> Iterator[Figure]:
    return overhead.measure(pairs(folder), 20 if quick else overhead.ROUNDS)


def _importing(folder: Path, *, quick: bool) -> Iterator[Figure]:
    return importing.measure(pairs(folder), 3 if quick else importing.RUNS)


def _wheels(folder: Path, *, quick: bool) -> Iterator[Figure]:  # noqa: ARG001 - a size is one however often it is taken
    return wheels.measure(pairs(folder))


def _regenerating(folder: Path, *, quick: bool) -> Iterator[Figure]:  # noqa: ARG001 - it makes its own folders
    return regenerating.measure(1 if quick else regenerating.RUNS)


def _proof(folder: Path, *, quick: bool) -> Iterator[Figure]:  # noqa: ARG001 - it keeps all in memory
    return proof.measure(4 if quick else proof.SAMPLE)


def _sandbox(folder: Path, *, quick: bool) -> Iterator[Figure]:  # noqa: ARG001 - it makes its own folders
    yield from sandbox.measure(1, 30_000) if quick else sandbox.measure()
    yield from sandbox.soak(6) if quick else sandbox.soak()


FIGURES: Final[Mapping[str, Callable[..., Iterator[Figure]]]] = {
    "overhead": _overhead,
    "import": _importing,
    "wheels": _wheels,
    "regenerating": _regenerating,
    "proof": _proof,
    "sandbox": _sandbox,
}
"""What can be measured, by name; each is called with a new folder to work in."""


def main() -> int:
    """Measure what the command line names, or all; print it. A missed target is marked, and is no error.

    Returns 1 when something could not be measured.
    """
    if sys.argv[1:2] == ["foreign"]:
        from bench.foreign.command import main as foreign  # noqa: PLC0415 - it needs more than a figure does

        return foreign(sys.argv[2:])
    if sys.argv[1:2] == ["directory"]:
        from bench.directory.command import main as directory  # noqa: PLC0415 - likewise

        return directory(sys.argv[2:])
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(FIGURES)}; otherwise all")
    parser.add_argument("--json", action="store_true", help="print JSON with every single value")
    parser.add_argument("--quick", action="store_true", help="measure a few times only, to see whether it works")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in FIGURES]
    if unknown:
        parser.error(f"there is no figure {', '.join(unknown)}; there are {', '.join(FIGURES)}")
    heading = described(_VERSIONS)
    figures: list[Figure] = []
    for name in options.names or FIGURES:
        try:
            with TemporaryDirectory() as folder:
                figures += FIGURES[name](Path(folder) / "stock", quick=options.quick)
        except (OSError, SpecloomError, subprocess.CalledProcessError) as error:
            sys.stderr.write(f"{name} could not be measured: {error}\n")
            return 1
    if options.json:
        sys.stdout.write(json.dumps({"measured": heading, "figures": [each.as_json() for each in figures]}) + "\n")
    else:
        sys.stdout.write(table(figures, heading))
        sys.stdout.write(f"\n{len(missed(figures))} of {len(figures)} figures miss their target.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
