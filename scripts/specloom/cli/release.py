"""`specloom release`: release the package of an API."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import click
from rich.console import Console

from specloom.cli import options
from specloom.cli.servers import serve_api
from specloom.release.compat.writing.grouping import summary
from specloom.release.releasing import Order, Outcome, Workshop, release
from specloom.release.repository import Repository
from specloom.release.trial import Tried, try_wheel
from specloom.scheduling.interrupts import held_back
from specloom.spec import Api, find_specs

INDEX: Final = Path("dist/simple")


@click.command("release")
@click.argument("api")
@click.option(
    "--version",
    default="auto",
    show_default=True,
    metavar="auto|X.Y.Z",
    help="What comes next; auto asks the compatibility verdicts.",
)
@click.option("--line", default="", metavar="TEXT", help="An item for the changelog; `Fixed: …` says which kind it is.")
def command(api: str, *, version: str, line: str) -> None:
    """Release the package of one API from a clean tree.

    Raises the version, writes changelog and released.yaml, regenerates, builds wheel and source distribution, tries the
    wheel in an empty environment, commits, tags, and publishes in dist/simple. Interrupted at any point, it has
    released nothing, or the next run finishes it.
    """
    (spec,) = find_specs((api,))
    console = options.console()
    order = Order(spec, version, line, _today())
    show(console, order, release(workshop(console), order))


def workshop(console: Console) -> Workshop:
    """Return what the verbs of releases work with, in the current folder. Raises SpecloomError."""
    return Workshop(
        repository=Repository.at(Path.cwd()),
        index=INDEX,
        try_out=_try_out,
        shielded=held_back,
        report=lambda step: console.print(f"{step} …", markup=False),
    )


def _try_out(wheel: Path, api: Api) -> Tried:
    with serve_api(api) as server:
        return try_wheel(wheel, api, server.url)


def show(console: Console, order: Order, outcome: Outcome) -> None:
    """Print what was released, and what is left to do."""
    prepared, tried = outcome.prepared, outcome.tried
    if prepared is None or tried is None:
        console.print(f"[bold]{outcome.title}[/bold]: finished what was interrupted", markup=True)
        return
    since = f"{summary(prepared.changes)} since {prepared.previous}" if prepared.previous else "the first release"
    console.print(f"[bold]{outcome.title}[/bold] released: {since}")
    console.print(f"tried: {tried.programs} programs, {tried.tests} tests, {tried.commands} command lines")
    console.print(f"committed and tagged; specs/{order.api}/CHANGELOG.md says what is new; {INDEX} serves it")
    console.print("Next: `git push --atomic --follow-tags`")


def _today() -> date:
    """Return the day of the release, or what SOURCE_DATE_EPOCH sets in its place (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)).date()
