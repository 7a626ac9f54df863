"""`specloom lint`: check specs against the rules of specs/README.md."""

from __future__ import annotations

from pathlib import Path

import attrs
import click

from specloom.cli import options
from specloom.spec import Document, Finding, SpecloomError, find_specs, load
from specloom.spec.lint import lint
from specloom.spec.validity import findings as unusable_findings


@click.command("lint")
@options.apis
@options.as_json
def command(apis: tuple[str, ...], *, as_json: bool) -> None:
    """Check specs: valid OpenAPI 3.1, then the other rules of specs/README.md.

    Exit 1 when one is broken; 2 when a spec cannot be used at all, such as for a `$ref` that leads nowhere.
    """
    paths = find_specs(apis)
    code = report(paths, as_json=as_json)
    if code:
        raise SystemExit(code)
    if not as_json:
        click.echo(f"{len(paths)} {'spec follows' if len(paths) == 1 else 'specs follow'} all rules")


def report(paths: list[Path], *, as_json: bool = False) -> int:
    """Print what is wrong with the specs; return 0 when nothing is, 1 for a broken rule, 2 for an unusable spec."""
    found: list[tuple[Document, Finding]] = []
    unreadable: list[SpecloomError] = []
    for path in paths:
        try:
            document = load(path)
        except SpecloomError as error:
            unreadable.append(error)
        else:
            found += [(document, finding) for finding in lint(document)]
    if as_json:
        options.print_json(
            [
                {"file": str(document.path), "line": document.line(finding.pointer), **attrs.asdict(finding)}
                for document, finding in found
            ]
        )
    else:
        for document, finding in found:
            click.echo(f"{document.place(finding.pointer)}: {finding.rule} {finding.message}\n  {finding.remedy}")
    for each in unreadable:
        click.echo(f"error: {each}", err=True)
    if unreadable or any(any(unusable_findings(document)) for document, _ in found):
        return 2
    return 1 if found else 0
