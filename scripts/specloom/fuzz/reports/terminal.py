"""Show campaigns on a terminal: failures by operation, what was left out, coverage, and a summary."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from specloom.fuzz.replay.again import Verdict
from specloom.fuzz.replay.file import Replay
from specloom.fuzz.reports.shown import rule_line, step_line, visible
from specloom.fuzz.result import CampaignResult, Failure, OperationCoverage

_MAX_CURL: Final = 4000
_IN_FULL: Final = 3


def show(console: Console, results: list[CampaignResult], replays: Mapping[Failure, Path]) -> None:
    """Print `results`; `replays` are the files of their failures."""
    for result in results:
        groups: dict[tuple[str, str], list[Failure]] = {}
        for failure in result.failures:
            groups.setdefault((failure.operation, failure.check), []).append(failure)
        for group in groups.values():
            _show_group(console, result, group, replays)
        for text in result.left_out:
            console.print(f"[yellow]left out[/yellow] {result.api}: {escape(visible(text))}")
    console.print(_coverage(results))
    console.print(_summary(results))


def show_replay(console: Console, found: Replay, verdict: Verdict) -> None:
    """Print what came of running a failure again."""
    failure = found.failure
    console.print(f"{found.api} {escape(visible(failure.operation))}: {escape(visible(failure.check))}")
    _line(console, "rule", rule_line(failure))
    _line(console, "then", visible(failure.message, 1500))
    for number, step in enumerate(verdict.steps, 1):
        _line(console, f"step {number}", step_line(step))
    for each in verdict.failures:
        _line(console, "now", visible(f"{each.check}: {each.message}", 1500))
    if verdict.same:
        console.print("[bold red]The failure shows again.[/bold red]")
    elif verdict.failures:
        console.print("[bold red]Another failure shows.[/bold red]")
    else:
        console.print("[bold green]The failure is gone.[/bold green]")


def _show_group(
    console: Console, result: CampaignResult, group: list[Failure], replays: Mapping[Failure, Path]
) -> None:
    """Print failures of one check and operation: those with the fewest steps in full, the rest in short."""
    group = sorted(group, key=lambda failure: len(failure.steps) or math.inf)
    for failure in group[:_IN_FULL]:
        _show_failure(console, result, failure, replays.get(failure))
    if len(group) > _IN_FULL:
        console.print(
            f"[bold red]{len(group) - _IN_FULL} more[/bold red] of {escape(group[0].operation)}: {group[0].check}"
        )
        for failure in group[_IN_FULL:]:
            _line(console, "rule", rule_line(failure))
            _line(console, "found", visible(failure.message.partition("\n")[0], 300))
            if failure in replays:
                _line(console, "replay", f"specloom fuzz --replay {replays[failure]}")
        console.print()


def _show_failure(console: Console, result: CampaignResult, failure: Failure, replay: Path | None) -> None:
    console.print(f"[bold red]FAILED[/bold red] {result.api} {escape(failure.operation)}: [bold]{failure.check}[/bold]")
    _line(console, "rule", rule_line(failure))
    _line(console, "found", visible(failure.message, 1500))
    for number, step in enumerate(failure.steps, 1):
        _line(console, f"step {number}", step_line(step))
    if len(failure.curl) <= _MAX_CURL or replay is None:
        for line in visible(failure.curl, 100_000).splitlines():
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
