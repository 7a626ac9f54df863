"""Fill in the pages of the site."""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import deepcopy
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from specloom.release.catalogue.anchors import anchor
from specloom.release.catalogue.entry import Entry
from specloom.release.catalogue.markdown import changelog, is_web, prose
from specloom.spec import pointer as json_pointer
from specloom.spec.walking import walk


def index_page(entries: Sequence[Entry]) -> str:
    """Return the page that lists the APIs."""
    return _PAGES.get_template("index.html.jinja").render(entries=entries, root="")


def api_page(entry: Entry, index_url: str) -> str:
    """Return the page of an API; `index_url` is that of the package index, as pip is given it."""
    return _PAGES.get_template("api.html.jinja").render(entry=entry, index_url=index_url, root="../")


def reference_page(entry: Entry) -> str:
    """Return the page with the API reference, which holds the spec."""
    return _PAGES.get_template("reference.html.jinja").render(entry=entry, spec=_spec(entry), root="../")


def _spec(entry: Entry) -> dict[str, Any]:
    """Return the spec as the reference shows it.

    Operations name their documentation page by its URL, and not by the file that lists it. Behaviour is written as
    JSON, which Swagger UI does not do by itself. Records are long, and of use to a sandbox alone.
    """
    data: dict[str, Any] = deepcopy(entry.api.document.data)
    data.pop("x-records", None)
    for _, value in walk(data):
        for keyword in value:
            if keyword.startswith("x-") and not isinstance(value[keyword], str):
                value[keyword] = json.dumps(value[keyword], ensure_ascii=False)
    for shown in entry.operations:
        page = entry.page_of(shown)
        if page is not None and is_web(page.url):
            docs = f"{shown.operation.pointer}/externalDocs"
            json_pointer.put(data, docs, {"description": page.title, "url": page.url})
    return data


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
