"""`specloom pages draft`: write the first draft of a spec from a documentation page."""

from __future__ import annotations

import click

from specloom.pages.captures import read_source
from specloom.pages.drafting import draft


@click.command("draft")
@click.argument("source", metavar="FILE|URL|-")
def command(source: str) -> None:
    """Print the first draft of an openapi.yaml for a page that nobody has specified yet.

    What the page does not say and the draft assumes carries x-inferred; TODO comments say what is left to decide. Exit
    2 when the page cannot be read or documents no operation.
    """
    click.echo(draft(read_source(source).page), nl=False)
