"""Fill in the pages of the site."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from specloom.release.catalogue.anchors import anchor
from specloom.release.catalogue.card import Card
from specloom.release.catalogue.entry import Entry
from specloom.release.catalogue.markdown import changelog, is_web, prose
from specloom.release.catalogue.reference import shown_spec


def index_page(cards: Sequence[Card]) -> str:
    """Return the page that lists the APIs."""
    return _PAGES.get_template("index.html.jinja").render(cards=cards, root="")


def api_page(entry: Entry, index_url: str) -> str:
    """Return the page of an API; `index_url` is that of the package index, as pip is given it."""
    return _PAGES.get_template("api.html.jinja").render(entry=entry, index_url=index_url, root="../")


def reference_page(entry: Entry) -> str:
    """Return the page with the API reference, which holds the spec."""
    return _PAGES.get_template("reference.html.jinja").render(entry=entry, spec=shown_spec(entry), root="../")


_PAGES: Final = Environment(
    loader=PackageLoader("specloom.release.catalogue"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_PAGES.filters |= {"prose": prose, "changelog": changelog}
_PAGES.globals |= {"anchor": anchor}
_PAGES.tests["web"] = is_web
_PAGES.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
