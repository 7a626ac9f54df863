"""`specloom pages lock`: keep the facts of a page in pages.yaml."""

from __future__ import annotations

import datetime as dt

import click

from specloom.cli import options
from specloom.pages.captures import ensure_shown, load_locked, locked_page, read_source
from specloom.pages.fetching import is_url
from specloom.pages.locking import Reading, lock_page
from specloom.spec import find_specs


@click.command("lock")
@click.argument("api")
@click.argument("source", metavar="FILE|URL|-")
@click.option("--url", help="Where the page is published, when a file is given.")
@click.option("--captured", type=click.DateTime(["%Y-%m-%d"]), help="Day of the capture; by default today.")
def command(api: str, source: str, url: str | None, captured: dt.datetime | None) -> None:
    """Write the facts of a page to specs/<api>/pages.yaml, with the day, and the SHA-256 of its words.

    Everything else in that file stays as it is. Exit 2 when the page cannot be read, or is not a page of the API.
    """
    if url is not None and not is_url(url):
        raise click.BadParameter("give an http or https URL", param_hint="--url")
    loaded, lock = load_locked(find_specs([api])[0])
    shown = read_source(source)
    operation, entry = locked_page(loaded, lock, shown)
    ensure_shown(operation, shown, None)
    day = captured.date() if captured else dt.datetime.now(dt.UTC).date()
    address = url or (source if is_url(source) else None)
    locked = lock_page(lock, entry, Reading(shown.page.facts, shown.page.digest, day, address))
    options.console().print(
        options.verbatim(
            f"{lock.document.path}: {len(locked.facts or ())} facts of {operation.label}, {day.isoformat()}"
        )
    )
