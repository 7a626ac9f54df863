"""Prepare a spec for Swagger UI, which shows it as the API reference."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

from specloom.release.catalogue.entry import Entry
from specloom.release.catalogue.markdown import is_web, prose
from specloom.spec import pointer as json_pointer
from specloom.spec.walking import walk


def shown_spec(entry: Entry) -> dict[str, Any]:
    """Return the spec as the reference shows it.

    Operations name their documentation page by its URL, and not by the file that lists it; links that lead elsewhere
    than to the web are left out. So are records: they are long, and of use to a sandbox alone.
    """
    data: dict[str, Any] = deepcopy(entry.api.document.data)
    data.pop("x-records", None)
    for shown in entry.operations:
        page = entry.page_of(shown)
        if page is not None and is_web(page.url):
            docs = f"{shown.operation.pointer}/externalDocs"
            json_pointer.put(data, docs, {"description": page.title, "url": page.url})
    for tokens, value in walk(data):
        if not is_web(str(value.get("externalDocs", {}).get("url"))):
            value.pop("externalDocs", None)
        if "responses" not in value:  # of an operation, Swagger UI itself shows what follows as JSON
            _write_behaviour(value)
        if tokens[:1] != ("servers",):  # of these it shows what follows as plain text
            _disarm_description(value)
    return data


def _write_behaviour(value: dict[str, Any]) -> None:
    """Write what describes behaviour as JSON: Swagger UI shows it as a value of its own language."""
    for keyword, said in value.items():
        if keyword.startswith("x-") and not isinstance(said, str):
            value[keyword] = json.dumps(said, ensure_ascii=False)


def _disarm_description(value: dict[str, Any]) -> None:
    """Replace a description that may hold markup or images, for which Swagger UI would ask before it removes them."""
    said = value.get("description")
    if isinstance(said, str) and ("<" in said or "![" in said):
        # HTML on one line is left alone by its reader of Markdown.
        value["description"] = str(prose(said)).strip().replace("\n", "&#10;")
