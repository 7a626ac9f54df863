"""`specloom prove`: break each rule of the specs, and see whether the campaign finds it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click
from rich.console import Console
from rich.table import Table

from specloom.cli import options
from specloom.cli.servers import make_app, serve
from specloom.fuzz.proof import Progress, ProofResult, Verdict, plain, prove, write_report
from specloom.scheduling import executor
from specloom.spec import Api, find_specs, load_api


@click.command("prove")
@options.apis
@click.option("--rule", "only", multiple=True, metavar="ID", help="Prove this rule alone, by its id or its kind.")
@click.option("--seed", default=0, show_default=True, help="The seed of each campaign.")
@click.option("--report", type=click.Path(file_okay=False, path_type=Path), help="Folder for proof.json and .html.")
@click.option("--each", "each_mutant", is_flag=True, help="Print what became of each mutant, too.")
@options.jobs
@options.scheduler
@options.as_json
def command(  # noqa: PLR0913 - one for each option
    apis: tuple[str, ...],
    *,
    only: tuple[str, ...],
    seed: int,
    report: Path | None,
    each_mutant: bool,
    jobs: int | None,
    scheduler: str | None,
    as_json: bool,
) -> None:
    """Prove that a campaign which passes means something.

    Every rule that the specs state is broken, one at a time, in a sandbox of its own, and the campaign has to fail with
    a failure of a fitting kind. Exit 1 when it does not, and no reason is known why nobody could tell.
    """
    loaded = [load_api(path) for path in find_specs(apis)]
    result = run(loaded, only=only, seed=seed, jobs=jobs, scheduler=scheduler)
    if report is not None:
        write_report(result, report)
    if as_json:
        options.print_json(plain(result))
    else:
        show(result, each_mutant=each_mutant)
    if not result.ok:
        raise SystemExit(1)


def run(
    apis: list[Api],
    *,
    only: tuple[str, ...] = (),
    seed: int = 0,
    jobs: int | None = None,
    scheduler: str | None = None,
) -> ProofResult:
    """Prove, with progress where there is a terminal. Raises SpecloomError."""
    with options.progress() as shown, executor(jobs, scheduler) as workers:
        task = shown.add_task("Proving", total=None)

        def told(progress: Progress) -> None:
            survived = f", {progress.survived} survived" if progress.survived else ""
            shown.update(
                task,
                completed=progress.done,
                total=progress.total,
                description=f"Proving: {progress.mutants} mutants{survived}; rules",
            )

        return prove(apis, make_app, workers, serve=serve, only=only, seed=seed, on_progress=told)


def show(result: ProofResult, *, each_mutant: bool = False) -> None:
    """Print the totals by kind of rule, the survivors, and where the campaign fails on a right server."""
    console = options.console()
    for text in result.wrong:
        console.print("[red]FAILED[/red] on a server that is right:", end=" ")
        console.print(text, markup=False)
    for verdict in result.verdicts if each_mutant else result.survivors:
        _show_verdict(console, verdict)
    table = Table()
    for heading in ("kind of rule", "rules", "mutants", "caught", "equivalent", "survived", "cases", "caught by"):
        justify: Literal["left", "right"] = "left" if heading in {"kind of rule", "caught by"} else "right"
        table.add_column(heading, justify=justify, overflow="fold")
    for kind in result.totals():
        numbers = (kind.rules, kind.mutants, kind.caught, kind.equivalent, kind.survived)
        checks = ", ".join(f"{check} {count}" for check, count in kind.checks.items())
        table.add_row(kind.kind, *map(str, numbers), f"{kind.cases:.1f}", checks)
    console.print(table)
    states = [verdict.state for verdict in result.verdicts]
    console.print(
        f"{len({(each.api, each.rule) for each in result.verdicts})} rules, {len(states)} mutants:"
        f" {states.count('caught')} caught ({result.share:.1%}), {states.count('equivalent')} equivalent,"
        f" {states.count('survived')} survived; {result.seconds:.0f} s, of work {result.worked:.0f} s"
    )


def _show_verdict(console: Console, verdict: Verdict) -> None:
    colours = {"caught": "green", "equivalent": "yellow", "survived": "red"}
    console.print(f"[{colours[verdict.state]}]{verdict.state}[/] {verdict.mutant or verdict.rule}", end=" ")
    said = verdict.reason or f"{verdict.check} after {verdict.cases} cases"
    console.print(f"{verdict.api} {verdict.operation} | {verdict.text} | {verdict.change} | {said}", markup=False)
