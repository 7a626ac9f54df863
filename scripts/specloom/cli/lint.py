"""`specloom lint`: check specs against the rules of specs/README.md."""

from __future__ import annotations

import attrs
import click

from specloom.cli import options
from specloom.spec import Document, Finding, SpecloomError, load


@click.command("lint")
@options.apis
@options.as_json
def command(apis: tuple[str, ...], *, as_json: bool) -> None:
    """Check specs: valid OpenAPI 3.1, then the rules S01 and on of specs/README.md. Exit 1 when one is broken."""
    from specloom.spec.lint import lint  # noqa: PLC0415 - imports openapi-spec-validator, which is slow

    found: list[tuple[Document, Finding]] = []
    unreadable: list[SpecloomError] = []
    paths = options.spec_paths(apis)
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
        if not found and not unreadable:
            click.echo(f"{len(paths)} specs follow all rules")
    for error in unreadable:
        click.echo(f"error: {error}", err=True)
    if unreadable or found:
        raise SystemExit(2 if unreadable else 1)
