"""`specloom generate`: regenerate the packages."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table

from specloom.cli import options
from specloom.generate import Generated, generate
from specloom.scheduling import executor
from specloom.spec import find_specs

OUTPUT = Path("generated")


@click.command("generate")
@options.apis
@options.jobs
@options.scheduler
@options.as_json
def command(apis: tuple[str, ...], jobs: int | None, scheduler: str | None, *, as_json: bool) -> None:
    """Regenerate generated/<api> for each API whose spec, generator or templates changed.

    A spec that cannot be generated leaves all packages as they were.
    """
    results = run(find_specs(apis), jobs, scheduler)
    if as_json:
        options.print_json([options.plain(each) for each in results])
        return
    table = Table()
    for heading in ("API", "operations", "client models", "pydantic models", "seconds", ""):
        table.add_column(heading, justify="left" if heading in {"API", ""} else "right")
    for each in results:
        done = "generated" if each.changed else "unchanged"
        row = (each.operations, each.client_models, each.pydantic_models)
        table.add_row(each.api, *map(str, row), f"{each.seconds:.2f}", done)
    options.console().print(table)


def run(specs: list[Path], jobs: int | None = None, scheduler: str | None = None) -> list[Generated]:
    """Regenerate, with a progress bar where there is a terminal."""
    with options.progress() as progress:
        task = progress.add_task("Generating", total=len(specs))
        if scheduler is None:
            return generate(specs, OUTPUT, jobs=jobs, report=lambda _: progress.advance(task))
        with executor(scheduler=scheduler) as workers:
            return generate(specs, OUTPUT, executor=workers, report=lambda _: progress.advance(task))
