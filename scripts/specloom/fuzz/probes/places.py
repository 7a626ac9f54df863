"""Find the places at fault in an invalid body, under the alternative that its discriminator names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from specloom.fuzz.conformance import Location
from specloom.spec import Document, Schemas
from specloom.spec import pointer as json_pointer

_Kind = jsonschema_rs.ValidationErrorKind


def body_places(document: Document, schemas: Schemas, pointer: str, body: Any) -> Iterator[Location]:
    """Yield the places in `body` that break the schema at `pointer`."""
    for tokens in _places(document, schemas, pointer, body, ()):
        yield Location("body", tokens)


def _places(
    document: Document, schemas: Schemas, pointer: str, value: Any, at: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    for error in schemas.errors(pointer, value):
        tokens = (*at, *(str(token) for token in error.instance_path))
        kind = error.kind
        if isinstance(kind, _Kind.Required):
            yield (*tokens, kind.property)
        elif isinstance(kind, _Kind.AdditionalProperties):
            yield from ((*tokens, name) for name in kind.unexpected)
        elif isinstance(kind, _Kind.OneOfNotValid) and (chosen := _chosen(document, pointer, error)):
            name, schema = chosen
            if schema is None:
                yield (*tokens, name)
            else:
                yield from _places(document, schemas, schema, error.instance, tokens)
        else:
            yield tokens


def _chosen(document: Document, pointer: str, error: jsonschema_rs.ValidationError) -> tuple[str, str | None] | None:
    """Return the discriminator of the union that `error` is about, and the schema that its value names."""
    # The first token is the $ref with which the validator enters the document, the last one the keyword.
    for token in list(error.evaluation_path)[1:-1]:
        if token == "$ref":
            pointer = document.resolve(pointer)[0]
        else:
            pointer += json_pointer.join(str(token))
    union = document.resolve(pointer)[1]
    discriminator = union.get("discriminator") if isinstance(union, dict) else None
    if discriminator is None or not isinstance(error.instance, dict):
        return None
    tag = error.instance.get(discriminator["propertyName"])
    mapping = discriminator.get("mapping", {})
    found = mapping.get(tag) if isinstance(tag, str) else None
    return discriminator["propertyName"], None if found is None else json_pointer.from_fragment(found)
