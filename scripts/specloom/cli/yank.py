"""`specloom yank`: mark a release as one that must not be chosen any more."""

from __future__ import annotations

import click

from specloom.cli import options
from specloom.cli.release import workshop
from specloom.release.releasing import yank
from specloom.release.versions import Version
from specloom.spec import find_specs


@click.command("yank")
@click.argument("api")
@click.argument("version")
@click.argument("reason")
def command(api: str, version: str, reason: str) -> None:
    """Mark a release as yanked in its changelog and in dist/simple, and commit that.

    Installers choose it no more unless exactly this version is asked for; nothing is removed. To take it back, remove
    [YANKED] from the changelog, commit, and run `make index`.
    """
    console = options.console()
    title = yank(workshop(console), find_specs((api,))[0], Version.parse(version), reason)
    console.print(f"{title} is yanked: {reason}", markup=False)
