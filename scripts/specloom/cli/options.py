"""Arguments and options that several verbs share."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

import attrs
import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from specloom.cli.saying import printable

apis: Final = click.argument("apis", nargs=-1, metavar="[API]...")
"""Names of APIs; none means all."""

jobs: Final = click.option(
    "--jobs", type=click.IntRange(min=1), help="Processes at once; by default one for each core."
)
"""How many processes of this machine work at once."""

scheduler: Final = click.option(
    "--scheduler", metavar="ADDRESS", help="Scheduler of a Dask cluster to work on, such as tcp://host:8786."
)
"""The cluster that works in place of this machine."""

as_json: Final = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def numbers(ctx: click.Context, parameter: click.Parameter, text: str | None) -> range | None:
    """Read `3` or `0-19`, both ends of which count, as an option's callback. Raises BadParameter."""
    del ctx
    if text is None:
        return None
    first, _, last = text.partition("-")
    if not (first.isdecimal() and (last or first).isdecimal() and int(first) <= int(last or first)):
        raise click.BadParameter(f"{text!r} is no number, and no range such as 0-19", param=parameter)
    return range(int(first), int(last or first) + 1)


def console(*, stderr: bool = False) -> Console:
    """Return a console; lines are not cut to 80 columns when they go to a file or a pipe."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, width=None if stream.isatty() else 160)


def verbatim(text: str) -> str:
    """Return text of others without control characters and without rich's markup."""
    return printable(text).replace("[", "\\[")


def short(text: str, limit: int = 100) -> str:
    """Return text cut to `limit` characters."""
    return text if len(text) <= limit else f"{text[:limit]}…"


def print_json(value: Any) -> None:
    """Print `value` as JSON."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def plain(value: Any) -> Any:
    """Return an attrs value as one that JSON can hold."""
    return attrs.asdict(value, value_serializer=lambda _, __, each: str(each) if isinstance(each, Path) else each)


def progress() -> Progress:
    """Return a progress bar on standard error, hidden where that is no terminal."""
    shown = console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:.0f}"),
        TimeElapsedColumn(),
        console=shown,
        transient=True,
        disable=not shown.is_terminal,
    )
