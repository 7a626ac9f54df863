"""`specloom check-generated`: fail when the packages are not what the specs give."""

from __future__ import annotations

import click

from specloom.cli import options
from specloom.cli.generate import OUTPUT
from specloom.generate import check
from specloom.spec import find_specs


@click.command("check-generated")
@options.apis
@options.as_json
def command(apis: tuple[str, ...], *, as_json: bool) -> None:
    """Regenerate aside and compare with generated/. Exit 1 when a file is missing, left over or different."""
    stale = check(find_specs(apis), OUTPUT)
    if as_json:
        options.print_json([str(each) for each in stale])
    else:
        for each in stale:
            click.echo(str(each))
        click.echo("run `make generate` and commit the result" if stale else "generated/ is what the specs give")
    if stale:
        raise SystemExit(1)
