"""`python -m bench directory`: the generator on a folder of 2,500 specs, on this machine and on Dask clusters."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import yaml

from bench.directory.documents import make_spec, sizes
from bench.directory.measuring import Taken, generate, running_cluster
from bench.directory.report import limits, scaling, table
from bench.machine import described
from specloom.generate.swapping import swap
from specloom.spec import SpecloomError

FOLDER: Final = Path(".cache/bench/directory")
"""Where specs, packages and results are, from the root of the repository."""
COUNT: Final = 2500
"""The size of the largest public directory of APIs."""
ON_CLUSTERS: Final = 500
"""How many of the specs the clusters work on: three runs of all of them would take hours."""


def main(arguments: Sequence[str]) -> int:
    """Measure; print what was found, and write it to `FOLDER`. Returns 0, or 1 when it could not be measured."""
    options = _parser().parse_args(arguments)
    folder = FOLDER / f"{options.count}-{options.seed}"
    try:
        lines = _measured(folder, options)
    except (OSError, SpecloomError) as error:
        sys.stderr.write(f"the directory could not be measured: {error}\n")
        return 1
    text = "\n".join(lines) + "\n"
    (FOLDER / "directory.md").write_text(text, "utf-8")
    sys.stdout.write(text)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench directory", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT, help="how many specs")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same specs")
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2, 4], help="clusters of so many workers")
    parser.add_argument("--on-clusters", type=int, default=ON_CLUSTERS, metavar="N", help="specs that clusters get")
    return parser


def _measured(folder: Path, options: argparse.Namespace) -> list[str]:
    size = write_specs(folder, options.count, options.seed)
    heading = described(("openapi-python-client", "datamodel-code-generator", "distributed"))
    sample = min(options.on_clusters, options.count)
    part = folder / f"first-{sample}"
    part_size = write_specs(part, sample, options.seed)
    runs: list[tuple[Taken, float]] = []

    def keep(run: Taken, megabytes: float) -> Taken:
        runs.append((run, megabytes))
        (FOLDER / "directory.json").write_text(json.dumps([each.as_json() for each, _ in runs], indent=1), "utf-8")
        sys.stderr.write(f"{run.what}: {run.seconds:.1f} s\n")
        return run

    shutil.rmtree(folder / "generated", ignore_errors=True)
    large = keep(generate(folder, "here, all from nothing"), size)
    keep(generate(folder, "here, nothing changed"), size)
    shutil.rmtree(part / "generated", ignore_errors=True)
    small = keep(generate(part, "here, the part for the clusters"), part_size)
    clusters = [(workers, keep(run, part_size)) for workers, run in _on_clusters(part, options.workers)]
    cores = os.cpu_count() or 1
    spread = sorted(sizes(options.count, options.seed))
    said = f"{options.count} specs (seed {options.seed}): {size:.1f} MB, {sum(spread)} operations"
    return [
        *("## A directory of APIs", "", *(f"- {line}" for line in heading)),
        f"- {said}; the spec in the middle has {spread[len(spread) // 2]} of them, the largest {spread[-1]}",
        *("", *[line for run, megabytes in runs[:1] for line in table([run], megabytes)]),
        *(line for run, megabytes in runs[1:] for line in table([run], megabytes)[2:]),
        *("", f"### The first {sample} specs on a Dask cluster", "", *scaling(clusters, cores)),
        *("", "### What would break first beyond", "", *limits(small, large, clusters, _swap_seconds(folder))),
    ]


def write_specs(folder: Path, count: int, seed: int) -> float:
    """Write `count` specs below `folder` unless they are there; return their size in MB (1,000,000 bytes)."""
    written = folder / "written"
    if not written.exists():
        shutil.rmtree(folder, ignore_errors=True)
        for index in range(count):
            spec = make_spec(index, seed)
            path = folder / "specs" / spec.name / "openapi.yaml"
            path.parent.mkdir(parents=True)
            path.write_text(yaml.dump(spec.data, Dumper=yaml.CSafeDumper, sort_keys=False), "utf-8")
        written.touch()
    return sum(path.stat().st_size for path in folder.glob("specs/*/openapi.yaml")) / 1e6


def _on_clusters(folder: Path, workers: Sequence[int]) -> Iterator[tuple[int, Taken]]:
    for number in workers:
        shutil.rmtree(folder / "generated", ignore_errors=True)
        with running_cluster(number) as (address, watch):
            run = generate(folder, f"Dask, workers: {number}", "--scheduler", address, cluster=watch)
        yield number, run


def _swap_seconds(folder: Path) -> float:
    """Return how long it takes to put all packages in the place of others, as the end of a run does."""
    output, new = folder / "generated", folder / "swapped"
    built = {path.name: new / path.name for path in output.iterdir()}
    for path in built.values():
        path.mkdir(parents=True)
    started = time.perf_counter()
    swap(built, output, folder / "aside")
    seconds = time.perf_counter() - started
    shutil.rmtree(new)
    shutil.rmtree(output)
    (folder / "aside").rename(output)
    return seconds
