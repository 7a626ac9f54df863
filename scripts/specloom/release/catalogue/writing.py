"""Write the site, in the place of the former one, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Final

from specloom.generate.swapping import beside, swap
from specloom.release.catalogue.card import Card, card_of
from specloom.release.catalogue.reading import Sources, read_entries
from specloom.release.catalogue.rendering import api_page, index_page, reference_page
from specloom.release.catalogue.search import index, rows
from specloom.spec import Place, SpecloomError

_SHARED: Final = "_shared"
"""The folder of the files that all pages use; no API has a name that starts with an underscore."""
_MARK: Final = ".specloom-catalogue"
"""The empty file that tells a site of ours from a folder of somebody else's."""


def write_site(sources: Sources, output: Path, index_url: str) -> list[Card]:
    """Write the site into the folder `output`, and return what its front page shows.

    The same input gives the same bytes. Raises SpecloomError when a spec cannot be used, when `output` holds something
    else than a site, or cannot be written; then, and after Ctrl-C, it is as it was.
    """
    output = output.resolve()
    _refuse_others(output)
    cards: list[Card] = []
    try:
        with beside(output) as folder:
            new = folder / "new"
            for name, content in _files(sources, index_url, cards):
                path = new / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            swap({output.name: new}, output.parent, folder / "old")
    except OSError as error:
        raise SpecloomError(
            f"the catalogue cannot be written: {error.strerror or error}",
            place=Place(output),
            remedy="make the folder and the one around it writable; nothing was changed",
        ) from None
    return cards


def _refuse_others(output: Path) -> None:
    if output.exists() and not (output / _MARK).is_file() and (not output.is_dir() or any(output.iterdir())):
        raise SpecloomError(
            "this is no catalogue, and writing one would destroy it",
            place=Place(output),
            remedy="choose another folder, or remove it first",
        )


def _files(sources: Sources, index_url: str, cards: list[Card]) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each file of the site, and add to `cards` what the front page shows."""
    found = []
    for entry in read_entries(sources):
        yield f"{entry.api.name}/index.html", api_page(entry, index_url).encode()
        yield f"{entry.api.name}/reference.html", reference_page(entry).encode()
        yield f"{entry.api.name}/openapi.yaml", entry.api.document.path.read_bytes()
        cards.append(card_of(entry))
        found.append((entry.api.name, entry.api.title, rows(entry)))
    yield "index.html", index_page(cards).encode()
    yield f"{_SHARED}/index.js", index(found).encode()
    for name in ("catalogue.css", "reference.css", "favicon.svg", "page.js", "reference.js", "search.js"):
        yield f"{_SHARED}/{name}", resources.files(__package__).joinpath("static", name).read_bytes()
    # Only the files of this package are of use here; its plugin, which needs Flask, is not imported.
    viewer = resources.files("flask_openapi3_swagger").joinpath("templates", "swagger")
    for kind, name in (("css", "swagger-ui.css"), ("js", "swagger-ui-bundle.js")):
        yield f"{_SHARED}/{name}", viewer.joinpath(kind, name).read_bytes()
    yield _MARK, b""
