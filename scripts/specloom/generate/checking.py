"""Compare the packages in generated/ with what the specs give."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path

from specloom.generate.naming import names_of
from specloom.generate.record import RECORD, files, inputs, makers
from specloom.generate.result import Difference
from specloom.generate.working import Task, work


def check(
    specs: Sequence[Path], output: Path, *, jobs: int | None = None, executor: Executor | None = None
) -> list[Difference]:
    """Build the package of each spec anew, aside, and return in what `output` differs; nothing there is trusted.

    A package in `output` that has no spec beside those given is reported. Raises SpecloomError as
    `generate` does.
    """
    with tempfile.TemporaryDirectory(prefix="specloom-") as folder:
        tasks, made_by = [], makers()
        for spec in specs:
            names = names_of(spec)
            tasks.append(Task(names.api, spec, Path(folder, names.api), inputs(spec, names, made_by)))
        work(tasks, lambda *_: None, jobs=jobs, executor=executor)
        found = [difference for task in tasks for difference in _compare(task.folder, output / task.api)]
    return [*found, *_orphans(specs, output)]


def _compare(wanted: Path, present: Path) -> Iterator[Difference]:
    if not present.is_dir():
        yield Difference(present, "missing")
        return
    new, old = files(wanted), files(present)
    for name in sorted(new.keys() | old.keys()):
        if name not in old:
            yield Difference(present / name, "missing")
        elif name not in new:
            yield Difference(present / name, "extra")
        elif new[name].read_bytes() != old[name].read_bytes():
            yield Difference(present / name, "differs")


def _orphans(specs: Sequence[Path], output: Path) -> Iterator[Difference]:
    """Yield the packages whose spec is gone."""
    folders = {spec.resolve().parent.parent for spec in specs}
    for record in sorted(output.glob(f"*/{RECORD}")):
        if not any((folder / record.parent.name / "openapi.yaml").is_file() for folder in folders):
            yield Difference(record.parent, "without a spec")
