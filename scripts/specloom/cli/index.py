"""`specloom index`: make the package index anew from the tags of releases."""

from __future__ import annotations

import click

from specloom.cli import options
from specloom.cli.release import INDEX, workshop
from specloom.release.releasing import publish


@click.command("index")
def command() -> None:
    """Make dist/simple, the index of all released packages, from the tags of this repository.

    Finishes a release that was interrupted. Exit 2 when what a tag gives is not, byte for byte, what was released.
    """
    console = options.console()
    indexed = publish(workshop(console))
    for each in indexed.releases:
        console.print(f"{each.tag}: {'built' if each in indexed.built else 'there'}", markup=False)
    console.print(f"{len(indexed.releases)} releases in {INDEX}; serve them with `python3 -m http.server -d dist`")
