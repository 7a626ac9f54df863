"""Arguments and options that several verbs share."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console

from specloom.spec import find_specs

apis: Final = click.argument("apis", nargs=-1, metavar="[API]...")
"""Names of APIs; none means all."""

as_json: Final = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def spec_paths(names: tuple[str, ...]) -> list[Path]:
    """Return the specs of the APIs named, of all when none is. Raises SpecloomError."""
    return find_specs(names)


def console(*, stderr: bool = False) -> Console:
    """Return a console; lines are not cut to 80 columns when they go to a file or a pipe."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, width=None if stream.isatty() else 160)


def print_json(value: Any) -> None:
    """Print `value` as JSON."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))
