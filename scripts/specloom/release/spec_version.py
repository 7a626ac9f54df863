"""Write another version into a spec, and leave all else of the file as it is."""

from __future__ import annotations

from typing import Final

import yaml

from specloom.spec import Document, pointer
from specloom.spec.reading import parse

VERSION: Final = "/info/version"
"""Where a spec says its version."""


def with_version(document: Document, text: str, version: str) -> str:
    """Return `text`, the content of the file that `document` was read from, with another `info.version`.

    Comments, quotes and line ends stay. Raises SpecloomError when the version stands there in a way that cannot be
    replaced, such as by an alias.
    """
    if document.at(VERSION) == version:
        return text
    node = _node(document)
    start, end = node.start_mark.index, node.end_mark.index
    old = text[start:end]
    changed = text[:start] + old.replace(str(node.value), version, 1) + text[end:]
    wanted = pointer.replaced(document.data, VERSION, version)
    if old.count(str(node.value)) != 1 or parse(changed, document.path).data != wanted:
        raise document.error(
            "this version cannot be replaced by another", VERSION, f"write `version: {version}` here yourself"
        )
    return changed


def _node(document: Document) -> yaml.Node:
    node = document.source.root
    for token in pointer.split(VERSION):
        node = next(value for key, value in node.value if key.value == token)
    return node
