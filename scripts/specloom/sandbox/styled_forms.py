"""Read forms, whose members may have styles as parameters have them (OpenAPI 3.1, 4.8.15.1.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from specloom.sandbox.forms import form_value, members
from specloom.sandbox.message import Request
from specloom.sandbox.parameter_values import slot_of, value_of
from specloom.sandbox.parameters import given_in_query, query_pairs
from specloom.spec import Parameter
from specloom.spec.document import Document


class FormReader:
    """Reads the forms of one media type."""

    def __init__(self, document: Document, schema: Any, encoded: Mapping[str, Parameter]) -> None:
        """Take the schema of the form, and the members of it that are encoded in a way of their own."""
        self._document = document
        self._schema = schema
        self._known = members(document, schema)
        self._slots = [
            slot_of(attrs.evolve(each, schema=self._known.get(name, {})), None, document)
            for name, each in encoded.items()
            if each.media_type is None
        ]

    def read(self, text: str) -> Any:
        """Return the object that a form stands for; raise ValueError, with a message for people, when it is none."""
        pairs = list(query_pairs(text))
        request = Request("POST", "/", text)
        found: dict[str, Any] = {}
        for slot in self._slots:
            given = given_in_query(slot, request, pairs, self._known)
            if given:
                found[slot.name] = value_of(slot, given)
                taken = {slot.name, *(each[0] for each in given if isinstance(each, tuple))}
                pairs = [pair for pair in pairs if pair[0] not in taken]
        return {**form_value(self._document, self._schema, pairs), **found}
