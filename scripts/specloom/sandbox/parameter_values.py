"""How one parameter is written, and the value that its texts stand for (OpenAPI 3.1, 4.8.12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs
import jsonschema_rs

from specloom.sandbox import strict_json
from specloom.sandbox.faults import RequestFault
from specloom.sandbox.forms import tokens_of, value_at
from specloom.sandbox.message import is_json as is_json_type
from specloom.sandbox.parameter_texts import (
    Types,
    in_simple_style,
    item_types,
    items_of,
    json_types,
    member_types,
    members_of,
    typed,
    typed_members,
)
from specloom.spec import Parameter, Schemas
from specloom.spec.api import ParameterLocation
from specloom.spec.document import Document

_MAX_MESSAGE: Final = 300
_ANNOTATIONS: Final = frozenset({"type", "title", "description", "default", "example", "examples", "deprecated"})
"""Keywords of a schema of strings that forbid none (`type` said to be `string`)."""

Query = list[tuple[str, str]]
"""The pairs of name and value of a query, decoded."""


@attrs.define
class Slot:
    """A parameter, how it is written, and the JSON types of its value, elements and members; never changed."""

    parameter: Parameter
    location: ParameterLocation
    name: str
    root: str
    style: str
    explode: bool
    types: Types
    item_types: Types
    member_types: Mapping[str, Types]
    is_json: bool
    is_scalar: bool
    is_any_text: bool
    is_object: bool
    document: Document
    validator: jsonschema_rs.Draft202012Validator | None

    def fault(self, message: str) -> RequestFault:
        """Return the fault that `message` tells of."""
        location: Any = "header" if self.parameter.location == "cookie" else self.parameter.location
        return RequestFault(location, (self.parameter.name,), message[:_MAX_MESSAGE])


def slot_of(parameter: Parameter, schemas: Schemas, document: Document) -> Slot:
    """Return how a parameter is read."""
    schema, style, types = parameter.schema, parameter.style, json_types(document, parameter.schema)
    is_json = parameter.media_type is not None and is_json_type(parameter.media_type)
    is_marked = style in {"label", "matrix"}
    is_any_text = not schema.keys() - _ANNOTATIONS and schema.get("type", "string") == "string"
    return Slot(
        parameter=parameter,
        location=parameter.location,
        # The name of a header has no case.
        name=parameter.name.lower() if parameter.location == "header" else parameter.name,
        root=f"request.{parameter.location}",
        style=style,
        explode=parameter.explode,
        types=types,
        item_types=item_types(document, schema),
        member_types=member_types(document, schema),
        is_json=is_json,
        is_scalar=not is_json and not is_marked and style != "deepObject" and not types & {"array", "object"},
        is_any_text=is_any_text and not is_json and not is_marked,
        is_object=not is_json and types - {"null"} == {"object"},
        document=document,
        validator=schemas.validator(parameter.schema_pointer) if schema else None,
    )


def value_of(slot: Slot, given: list[str] | Query) -> Any:
    """Return the value; raise ValueError, with a message for people, when the texts stand for none."""
    first = given[0]
    if isinstance(first, tuple):
        return _of_members(slot, [each for each in given if isinstance(each, tuple)])
    if slot.is_scalar and len(given) == 1:
        return typed(first, slot.types)
    texts = [each for each in given if isinstance(each, str)]
    if slot.location == "path":
        first = in_simple_style(first, slot.name, slot.style, slot.types, explode=slot.explode)
    if "array" in slot.types and not slot.is_json:
        exploded = slot.location == "query" and (slot.explode or len(texts) > 1)
        return [typed(text, slot.item_types) for text in (texts if exploded else items_of(first, slot.style))]
    if len(texts) > 1:
        raise ValueError(f"{slot.parameter.name} is given more than once")
    if slot.is_json:
        return strict_json.parse(first.encode("utf-8", "surrogateescape"))
    if slot.is_object and slot.style != "deepObject":
        return typed_members(members_of(first, slot.style, explode=slot.explode), slot.member_types)
    return typed(first, slot.types)


def _of_members(slot: Slot, pairs: Query) -> Any:
    """Return the object whose members are given each by itself. Raises ValueError as above."""
    if slot.style == "deepObject":
        places = [(tokens_of(name)[1:], text) for name, text in pairs]
        return value_at(slot.document, slot.parameter.schema, places)
    if len(dict(pairs)) < len(pairs):
        raise ValueError(f"a member of {slot.parameter.name} is given more than once")
    return typed_members(pairs, slot.member_types)
