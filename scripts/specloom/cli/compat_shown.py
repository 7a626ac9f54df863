"""How `specloom compat` shows a verdict and its rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import click
from rich.console import Console
from rich.table import Table

from specloom.cli import options
from specloom.release.compat.change import Change, Severity
from specloom.release.compat.listing import ListedRule
from specloom.release.compat.verdict import Verdict
from specloom.release.compat.writing.grouping import Group, grouped, sentence, summary

_COLOURS: Final = {Severity.BREAKING: "bold red", Severity.ADDITIVE: "green", Severity.NONE: "dim"}
_BUMPS: Final = {
    "major": "a major version (X of X.Y.Z)",
    "minor": "a minor version (Y of X.Y.Z)",
    "patch": "a patch version (Z of X.Y.Z): only words changed, or nothing that users notice",
    None: "no version: nothing changed",
}
_ABOUT: Final = {"schema": "schemas", "operation": "operations", "api": "whole APIs", "client": "packages"}
# How many operations are named of those that share a finding, and how much of a message is shown.
_OPERATIONS: Final = 3
_LENGTH: Final = 200


def show(verdict: Verdict, base: str, revision: str) -> None:
    """Print a verdict: a summary, then each finding."""
    console = options.console()
    console.print(options.verbatim(f"{base} → {revision}"), soft_wrap=True)
    _show_part(console, "wire", verdict.wire, "would a client that runs already break?")
    if verdict.client is not None:
        _show_part(console, "client", verdict.client, "would code that imports the package break?")
    elif verdict.problem is not None:
        place = f" ({verdict.problem.place})" if str(verdict.problem.place) else ""
        problem = options.verbatim(f"{verdict.problem.message}{place}")
        console.print(f"\n[bold]client[/bold]: not judged, since no package can be made: {problem}", soft_wrap=True)
    console.print(f"\nThis asks for {_BUMPS[verdict.bump]}.")


def show_unreleased(api: str) -> None:
    """Say that an API was not released yet, so that there is nothing to compare with."""
    click.echo(f"{api} was not released yet: there is no released.yaml beside its spec, and nothing can break")


def show_rules(rules: Sequence[ListedRule], *, as_json: bool) -> None:
    """Print the rules, and how many there are of each kind."""
    if as_json:
        options.print_json([options.plain(rule) for rule in rules])
        return
    table = Table()
    for heading in ("rule", "about", "finds"):
        table.add_column(heading, no_wrap=heading != "finds")
    for rule in rules:
        table.add_row(rule.id, rule.about, options.verbatim(rule.title))
    console = options.console()
    console.print(table)
    counts = Counter(rule.about for rule in rules)
    told = ", ".join(f"{count} about {_ABOUT[about]}" for about, count in counts.items())
    console.print(f"{len(rules)} rules: {told}")


def _show_part(console: Console, title: str, changes: Sequence[Change], question: str) -> None:
    worst = max((each.severity for each in changes), default=Severity.NONE)
    answer = "yes" if worst is Severity.BREAKING else "no"
    colour = _COLOURS[Severity.BREAKING if answer == "yes" else Severity.ADDITIVE]
    console.print(f"\n[bold]{title}[/bold]: {question} [{colour}]{answer}[/{colour}] ({summary(changes)})")
    for group in grouped(changes):
        severity = group.change.severity
        head = options.verbatim(options.short(f"{group.change.where}: {group.change.message}", _LENGTH))
        console.print(f"\n  [{_COLOURS[severity]}]{severity.label:<9}[/] [bold]{head}[/bold]", soft_wrap=True)
        for name, text in _rows(group):
            console.print(f"    {name:<7} {options.verbatim(text)}", soft_wrap=True)


def _rows(group: Group) -> Iterator[tuple[str, str]]:
    change, operations = group.change, group.operations
    yield "rule", change.rule
    if operations:
        further = f" and {len(operations) - _OPERATIONS} more" if len(operations) > _OPERATIONS else ""
        yield "in", f"{', '.join(operations[:_OPERATIONS])}{further}"
    if change.why:
        yield "why", sentence(change.why)
    if change.remedy:
        yield "instead", sentence(change.remedy)
    if change.base is not None:
        yield "before", str(change.base)
    if change.revision is not None:
        yield "after", str(change.revision)
