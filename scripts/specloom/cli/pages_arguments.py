"""Tell the APIs from the pages among the arguments of verbs that take both."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from specloom.pages.lock import NAME
from specloom.spec import find_specs, load
from specloom.spec.vocabulary import is_foreign

arguments: Final = click.argument("arguments", nargs=-1, metavar="[API]... [FILE|URL|-]...")
"""Names of APIs, none for all; after the name of one, pages."""


def specs_and_pages(given: tuple[str, ...]) -> tuple[list[Path], tuple[str, ...]]:
    """Return the specs of the APIs that come first in `given`, and the pages after them.

    Raises SpecloomError when pages come without the name of an API, UsageError when they come after several.
    """
    known = {path.parent.name for path in find_specs()}
    count = next((index for index, each in enumerate(given) if each not in known), len(given))
    names, sources = given[:count], given[count:]
    if sources and len(names) > 1:
        raise click.UsageError("pages are those of one API; name that API alone")
    if not given:
        return [path for path in find_specs() if _has_pages(path)], ()
    return find_specs(names or sources[:1]), sources


def _has_pages(spec: Path) -> bool:
    """Say whether a spec was written from pages, as all are but those that were adopted."""
    return spec.with_name(NAME).exists() or not is_foreign(load(spec))
