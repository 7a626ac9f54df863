"""`specloom generate`: regenerate the packages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
from rich.table import Table

from specloom.cli import options
from specloom.cli.saying import say
from specloom.generate import Generated, generate
from specloom.generate.result import grouped
from specloom.scheduling import executor
from specloom.spec import SpecloomError, find_specs, load

OUTPUT = Path("generated")


@click.command("generate")
@options.apis
@options.jobs
@options.scheduler
@click.option(
    "-k", "--keep-going", is_flag=True, help="Regenerate what can be when a spec fails; say which failed, and exit 2."
)
@options.as_json
def command(apis: tuple[str, ...], *, jobs: int | None, scheduler: str | None, keep_going: bool, as_json: bool) -> None:
    """Regenerate generated/<api> for each API whose spec, generator or templates changed.

    A spec that cannot be generated leaves all packages as they were, or with --keep-going its own.
    """
    failures: list[SpecloomError] = []
    failed = (lambda _, error: failures.append(error)) if keep_going else None
    specs = find_specs(apis)
    results = run(specs, jobs, scheduler, failed)
    if as_json:
        options.print_json([options.plain(each) for each in results])
    else:
        options.console().print(_table(results))
        for spec in specs:
            show_losses(spec, next((each for each in results if each.api == spec.parent.name), None))
    for error in failures:
        say(f"error: {error}", err=True)
    if failures:
        raise SpecloomError(f"{len(failures)} of {len(specs)} specs could not be generated, as said above")


def show_losses(spec: Path, result: Generated | None) -> None:
    """Print what a package lacks of its `spec`: all of it once when it was made, later how much that was."""
    if result is None or not result.losses:
        return
    operations = sum(loss.kind == "operation" for loss in result.losses)
    if result.changed:
        document = load(spec)
        for (kind, reason), losses in grouped(result.losses).items():
            # An operation is always named; of what is less, the first place tells what it is about.
            for loss in losses if kind == "operation" else losses[:1]:
                named = f"{loss.subject}: " if loss.subject else ""
                times = f" ({len(losses)} times)" if kind != "operation" and len(losses) > 1 else ""
                say(f"{document.place(loss.pointer)}: warning: {kind}: {named}{reason}{times}", err=True)
    others = len(result.losses) - operations
    counts = ((operations, "operation", "operations"), (others, "other thing", "other things"))
    told = " and ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts if count)
    verb = "is" if len(result.losses) == 1 else "are"
    say(f"{spec}: {told} {verb} missing or wider than in the spec: see {result.path / 'README.md'}", err=True)


def run(
    specs: list[Path],
    jobs: int | None = None,
    scheduler: str | None = None,
    failed: Callable[[Path, SpecloomError], None] | None = None,
) -> list[Generated]:
    """Regenerate, with a progress bar where there is a terminal."""
    with options.progress() as progress:
        task = progress.add_task("Generating", total=len(specs))

        def advance(_: Generated) -> None:
            progress.advance(task)

        if scheduler is None:
            return generate(specs, OUTPUT, jobs=jobs, report=advance, failed=failed)
        with executor(scheduler=scheduler) as workers:
            return generate(specs, OUTPUT, executor=workers, report=advance, failed=failed)


def _table(results: list[Generated]) -> Table:
    table = Table()
    for heading in ("API", "operations", "client models", "pydantic models", "seconds", ""):
        table.add_column(heading, justify="left" if heading in {"API", ""} else "right")
    for each in results:
        done = "generated" if each.changed else "unchanged"
        row = (each.operations, each.client_models, each.pydantic_models)
        table.add_row(each.api, *map(str, row), f"{each.seconds:.2f}", done)
    return table
