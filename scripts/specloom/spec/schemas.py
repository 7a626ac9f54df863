"""Validators for the JSON Schemas of a document (OpenAPI 3.1: JSON Schema 2020-12)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import quote

import jsonschema_rs

from specloom.spec import pointer as json_pointer
from specloom.spec.document import Document

# An absolute URI, so that `#/components/…` inside the document resolves against it.
_BASE: Final = "urn:specloom:document"


class Schemas:
    """Compiles the schemas of one document on demand; `$ref` within the document is followed."""

    def __init__(self, document: Document) -> None:
        """Make the schemas of `document` available by pointer."""
        self._registry = jsonschema_rs.Registry([(_BASE, document.data)], draft=jsonschema_rs.Draft202012)
        self._compiled: dict[str, jsonschema_rs.Draft202012Validator] = {}

    def validator(self, pointer: str) -> jsonschema_rs.Draft202012Validator:
        """Return the validator for the schema at `pointer`, formats checked; the same one each time."""
        if pointer not in self._compiled:
            self._compiled[pointer] = jsonschema_rs.Draft202012Validator(
                {"$ref": f"{_BASE}#{_fragment(pointer)}"}, registry=self._registry, validate_formats=True
            )
        return self._compiled[pointer]

    def errors(self, pointer: str, instance: Any) -> list[jsonschema_rs.ValidationError]:
        """Return what is wrong with `instance` under the schema at `pointer`; an empty list when nothing is."""
        return list(self.validator(pointer).iter_errors(instance))

    def fault(self, pointers: Iterable[str]) -> tuple[str, str] | None:
        """Return (pointer, message) of what keeps the schemas at `pointers` from being used, or None."""
        try:
            jsonschema_rs.Draft202012Validator(
                {"allOf": [True, *({"$ref": f"{_BASE}#{_fragment(pointer)}"} for pointer in pointers)]},
                registry=self._registry,
                validate_formats=True,
            )
        except jsonschema_rs.ValidationError as error:
            return json_pointer.join(*(str(token) for token in error.instance_path)), error.message
        except jsonschema_rs.ReferencingError as error:
            return "", str(error)
        return None


def _fragment(pointer: str) -> str:
    # RFC 6901 section 6: what a URI fragment cannot hold is percent-encoded.
    return quote(pointer, safe="!$&'()*+,;=:@/?")
