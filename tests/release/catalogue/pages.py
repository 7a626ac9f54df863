"""Read the pages of a catalogue as a program does: ids, links, and what the search index leads to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

from lxml import html


def page(path: Path) -> html.HtmlElement:
    """Return the parsed page."""
    return html.fromstring(path.read_bytes())


def ids(path: Path) -> list[str]:
    """Return all ids of a page."""
    return [str(each) for each in page(path).xpath("//@id")]


def links(path: Path) -> list[str]:
    """Return the addresses that a page leads to or uses."""
    return [str(each) for each in page(path).xpath("//@href | //@src")]


def index(site: Path) -> dict[str, Any]:
    """Return the search index."""
    text = (site / "_shared" / "index.js").read_text("utf-8")
    found: dict[str, Any] = json.loads(text.removeprefix("window.catalogueIndex = ").removesuffix(";\n"))
    return found


def broken(site: Path) -> list[str]:
    """Return each relative link, and each row of the index, that leads nowhere, and each id that a page has twice."""
    found = []
    known = {path: ids(path) for path in site.rglob("*.html")}
    for path, own in known.items():
        found += [f"{path.name}: {each} twice" for each in set(own) if own.count(each) > 1]
        for link in links(path):
            if not link.lower().startswith(("http://", "https://")):
                file, fragment = urldefrag(link)
                target = (path.parent / file).resolve() if file else path
                if not target.is_file() or not _has(known.get(target, []), fragment):
                    found.append(f"{path.relative_to(site)}: {link}")
    for api, _, rows in index(site)["apis"]:
        places = known[site / api / "index.html"]
        found += [f"index: {api} {row}" for row in rows if row[3] not in places]
    return found


def _has(places: list[str], fragment: str) -> bool:
    # The reference has places of its own: those of Swagger UI start with a slash.
    return not fragment or fragment.startswith("/") or unquote(fragment) in places
