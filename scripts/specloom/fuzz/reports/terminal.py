"""Show campaigns on a terminal: failures by operation, what was left out, coverage, and a summary."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from specloom.fuzz.reports.shown import rule_line, step_line, visible
from specloom.fuzz.result import CampaignResult, Failure, OperationCoverage

_MAX_CURL = 4000


def show(console: Console, results: list[CampaignResult], replays: Mapping[Failure, Path]) -> None:
    """Print `results`; `replays` are the files of their failures."""
    for result in results:
        for failure in sorted(result.failures, key=lambda each: each.operation):
            _show_failure(console, result, failure, replays.get(failure))
        for text in result.left_out:
            console.print(f"[yellow]left out[/yellow] {result.api}: {escape(visible(text))}")
    console.print(_coverage(results))
    console.print(_summary(results))


def _show_failure(console: Console, result: CampaignResult, failure: Failure, replay: Path | None) -> None:
    console.print(f"[bold red]FAILED[/bold red] {result.api} {escape(failure.operation)}: [bold]{failure.check}[/bold]")
    _line(console, "rule", rule_line(failure))
    _line(console, "found", visible(failure.message, 1500))
    for number, step in enumerate(failure.steps, 1):
        _line(console, f"step {number}", step_line(step))
    if len(failure.curl) <= _MAX_CURL or replay is None:
        for line in visible(failure.curl, 100_000).split("\n"):
            console.print(line, markup=False, soft_wrap=True)
    else:
        _line(console, "curl", f"of {len(failure.curl)} characters; it is in the file")
    if replay is not None:
        _line(console, "replay", f"specloom fuzz --replay {replay}")
    console.print()


def _line(console: Console, name: str, text: str) -> None:
    first, *rest = text.split("\n")
    console.print(f"  [dim]{name:<8}[/dim]{escape(first)}", soft_wrap=True)
    for line in rest:
        console.print(f"{'':10}{line}", markup=False, soft_wrap=True)


def _coverage(results: list[CampaignResult]) -> Table:
    table = Table(title="Coverage", title_justify="left")
    table.add_column("API")
    table.add_column("operation", overflow="fold")
    table.add_column("statuses seen", overflow="fold")
    table.add_column("not seen")
    table.add_column("rules exercised", justify="right")
    for result in results:
        for each in result.coverage:
            seen = ", ".join(f"{status} ({count})" for status, count in each.statuses.items())
            missing = ", ".join(status for status in each.documented if not _is_seen(each, status))
            rules = f"{each.exercised} of {len(each.rules)}"
            table.add_row(result.api, escape(each.operation or "records"), seen, missing, rules)
    return table


def _is_seen(coverage: OperationCoverage, status: str) -> bool:
    """Say whether a documented status was seen; it may be a range, or the default for all others."""
    if status == "default":
        return any(each not in coverage.documented for each in coverage.statuses)
    return any(each == status or (status.endswith("XX") and each[0] == status[0]) for each in coverage.statuses)


def _summary(results: list[CampaignResult]) -> Table:
    table = Table()
    for heading in ("API", "cases", "failures", "seed", "seconds", "cases per second"):
        table.add_column(heading, justify="left" if heading == "API" else "right")
    for result in results:
        rate = result.cases / result.seconds if result.seconds else 0
        row = (result.cases, len(result.failures), result.seed)
        table.add_row(result.api, *map(str, row), f"{result.seconds:.1f}", f"{rate:.0f}")
    return table
