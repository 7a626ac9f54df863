"""`specloom catalogue`: a static site that shows the APIs."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from specloom.cli import options
from specloom.release.catalogue import Sources, write_site
from specloom.spec import find_specs

_OUTPUT: Final = Path("dist/site")
_PROOF: Final = Path(".cache/prove/proof.json")
_CAMPAIGN: Final = Path(".cache/fuzz/campaign.json")
_INDEX_URL: Final = "http://127.0.0.1:8000/simple/"


@click.command("catalogue")
@options.apis
@click.option(
    "--output", type=click.Path(path_type=Path), default=_OUTPUT, show_default=True, help="Folder to write the site to."
)
@click.option("--proof", type=click.Path(path_type=Path), default=_PROOF, show_default=True, help="Report of a proof.")
@click.option(
    "--campaign",
    type=click.Path(path_type=Path),
    default=_CAMPAIGN,
    show_default=True,
    help="Report of fuzz campaigns.",
)
@click.option(
    "--index-url", default=_INDEX_URL, show_default=True, metavar="URL", help="Where dist/simple will be served."
)
def command(apis: tuple[str, ...], *, output: Path, proof: Path, campaign: Path, index_url: str) -> None:
    """Write the catalogue: each API with its operations, package, snippets, changelog, proof and reference.

    The site needs no server and no network: open its index.html. The former site stays until the new one is complete.
    """
    cards = write_site(Sources(find_specs(apis), proof, campaign), output, index_url)
    count = sum(len(card.operations) for card in cards)
    click.echo(f"{len(cards)} APIs with {count} operations: {output / 'index.html'}")
