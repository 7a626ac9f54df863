"""Small documents about parcels, made of a patch."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from specloom.release.compat.change import Change
from specloom.release.compat.rewriting import rewritten
from specloom.release.compat.wire import wire_changes
from specloom.spec import Document
from specloom.spec.reading import parse

PATH: Final = "/parcels/{number}/hold"


def parcels(patch: Any = None) -> Document:
    """Return a document with one operation, `POST /parcels/{number}/hold`, into which `patch` is merged (RFC 7396)."""
    base = {
        "openapi": "3.1.0",
        "info": {"title": "Parcels", "version": "1.0.0"},
        "paths": {PATH: {"post": {"operationId": "holdParcel", "responses": {"200": {"description": "Held."}}}}},
    }
    return document(_merged(base, patch or {}))


def of_operation(patch: Any) -> Document:
    """Return a document into whose operation `patch` is merged."""
    return parcels({"paths": {PATH: {"post": patch}}})


def document(data: Any) -> Document:
    """Return `data` as if read from a file."""
    return parse(rewritten(data), Path("spec.yaml"))


def judged(base: Document, revision: Document) -> dict[str, str]:
    """Return the severity of each rule that finds something."""
    return {each.rule: each.severity.label for each in wire_changes(base, revision)}


def only(base: Document, revision: Document) -> Change:
    """Return the one finding."""
    (change,) = wire_changes(base, revision)
    return change


def _merged(value: Any, patch: Any) -> Any:
    if not (isinstance(value, dict) and isinstance(patch, dict)):
        return patch
    kept = {key: each for key, each in value.items() if patch.get(key, each) is not None}
    return {**kept, **{key: _merged(value.get(key), each) for key, each in patch.items() if each is not None}}
