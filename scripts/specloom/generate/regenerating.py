"""Bring the packages in generated/ up to date."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from pathlib import Path

import attrs

from specloom.generate.naming import names_of
from specloom.generate.record import inputs, makers, up_to_date
from specloom.generate.result import Counts, Generated
from specloom.generate.swapping import beside, swap
from specloom.generate.working import Task, work
from specloom.spec import Place, SpecloomError


def generate(  # noqa: PLR0913 - two would do; who works, and who is told, is for some callers
    specs: Sequence[Path],
    output: Path,
    *,
    jobs: int | None = None,
    executor: Executor | None = None,
    report: Callable[[Generated], None] | None = None,
    failed: Callable[[Path, SpecloomError], None] | None = None,
) -> list[Generated]:
    """Bring `output/<api>` up to date for each spec; return what there is now, in the order of `specs`.

    A package is made again when its spec, a generator, these sources or the package itself changed. All are built
    aside, `jobs` at once or by `executor`, and put in place together in the end, so that an error or Ctrl-C leaves
    `output` as it was. `report` is called here with each package as soon as it is ready, before it is in place.

    Raises SpecloomError when a spec is not usable, a generator fails or leaves something out, or `output` cannot be
    written. With `failed`, that is told each spec that cannot be generated, and why; its package, if there is one,
    stays as it was and is not in the result, while those of all others are put in place.
    """
    results: dict[str, Generated] = {}

    def finish(api: str, counts: Counts, seconds: float, *, changed: bool) -> None:
        results[api] = Generated(
            api=api, **attrs.asdict(counts, recurse=False), seconds=seconds, changed=changed, path=output / api
        )
        if report is not None:
            report(results[api])

    todo: dict[str, Task] = {}
    made_by = makers()
    for spec in specs:
        start = time.perf_counter()
        try:
            names = names_of(spec)
            made_of = inputs(spec, names, made_by)
        except SpecloomError as error:
            if failed is None:
                raise
            failed(spec, error)
            continue
        counts = up_to_date(output / names.api, made_of)
        if counts is None:
            todo[names.api] = Task(names.api, spec, Path(names.api), made_of)
        else:
            finish(names.api, counts, time.perf_counter() - start, changed=False)
    if todo:
        workers = _Workers(jobs, executor, lambda task, *done: finish(task.api, *done, changed=True), failed)
        _replace(todo, output, workers)
    return [results[spec.resolve().parent.name] for spec in specs if spec.resolve().parent.name in results]


@attrs.frozen
class _Workers:
    """Who builds, and who is told of it."""

    jobs: int | None
    executor: Executor | None
    done: Callable[[Task, Counts, float], None]
    failed: Callable[[Path, SpecloomError], None] | None

    def build(self, tasks: Sequence[Task]) -> list[Task]:
        """Return the tasks that were done."""
        lost: set[str] = set()

        def lose(task: Task, error: SpecloomError) -> None:
            if self.failed is not None:
                lost.add(task.api)
                self.failed(task.spec, error)

        work(tasks, self.done, jobs=self.jobs, executor=self.executor, failed=lose if self.failed else None)
        return [task for task in tasks if task.api not in lost]


def _replace(todo: dict[str, Task], output: Path, workers: _Workers) -> None:
    try:
        if output.exists() and not output.is_dir():
            raise NotADirectoryError(20, "it is no folder", str(output))
        with beside(output) as folder:
            tasks = [attrs.evolve(task, folder=folder / "new" / api) for api, task in todo.items()]
            built = workers.build(tasks)
            if built:
                swap({task.api: task.folder for task in built}, output, folder / "old")
    except OSError as error:
        raise SpecloomError(
            f"the packages cannot be written: {error.strerror or error}",
            place=Place(output),
            remedy="make the folder and the one around it writable; nothing was changed",
        ) from None
