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
        click.echo(_remedy({each.kind for each in stale}))
    if stale:
        raise SystemExit(1)


def _remedy(kinds: set[str]) -> str:
    """Return what to do about differences of these kinds; nothing generates away a package without a spec."""
    if not kinds:
        return "generated/ is what the specs give"
    orphans = ["remove each package without a spec"] if "without a spec" in kinds else []
    others = ["run `make generate`"] if kinds - {"without a spec"} else []
    return f"{', '.join([*orphans, *others])} and commit the result"
