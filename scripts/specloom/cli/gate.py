"""`specloom gate`: fail when a spec breaks clients, or adds something, and does not say so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.console import Console

from specloom.cli import options
from specloom.release.compat.change import Severity
from specloom.release.compat.writing.grouping import summary
from specloom.release.gate import Gated, gate
from specloom.release.repository import Repository
from specloom.spec import SpecloomError, find_specs


@click.command("gate")
@options.apis
@options.as_json
def command(apis: tuple[str, ...], *, as_json: bool) -> None:
    """Compare each spec with its released.yaml, and demand that what changed is announced.

    What breaks needs a new major version in info.version, and an item below Unreleased in the changelog that names its
    rule; what is new needs a new minor version. Exit 1 when something is missing; it says what to write where.
    """
    repository = _repository()
    results = [gate(path, repository) for path in find_specs(apis)]
    if as_json:
        options.print_json([_plain(each) for each in results])
    else:
        for each in results:
            _show(options.console(), each)
    if any(each.problems for each in results):
        raise SystemExit(1)


def _repository() -> Repository | None:
    """Return the repository in which tags have the packages as released, None outside of one."""
    try:
        return Repository.at(Path.cwd())
    except SpecloomError:
        return None


def _show(console: Console, gated: Gated) -> None:
    head = f"[bold]{gated.api}[/bold] {gated.declared}:"
    if gated.released is None:
        console.print(f"{head} not released yet")
        return
    announced = ", announced" if _is_announced(gated) else ""
    console.print(f"{head} {summary(gated.changes)} since {gated.released}{announced}")
    for problem in gated.problems:
        console.print(f"{problem.place}: {problem.message}\n  write: {problem.write}", markup=False, soft_wrap=True)


def _is_announced(gated: Gated) -> bool:
    return not gated.problems and any(each.severity > Severity.NONE for each in gated.changes)


def _plain(gated: Gated) -> dict[str, Any]:
    return {
        "api": gated.api,
        "released": None if gated.released is None else str(gated.released),
        "declared": str(gated.declared),
        "changes": [
            {"rule": each.rule, "severity": each.severity.label, "operation": each.operation, "message": each.message}
            for each in gated.changes
        ],
        "problems": [
            {"file": str(each.place.path), "line": each.place.line, "message": each.message, "write": each.write}
            for each in gated.problems
        ],
    }
