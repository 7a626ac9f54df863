"""How one parameter is written, and the value that its texts stand for (OpenAPI 3.1, 4.8.12)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final
from urllib.parse import unquote

import attrs
import jsonschema_rs

from specloom.sandbox import strict_json
from specloom.sandbox.faults import RequestFault
from specloom.sandbox.forms import tokens_of, value_at
from specloom.sandbox.message import is_json as is_json_type
from specloom.sandbox.parameter_texts import (
    TEXT,
    Types,
    in_path,
    item_types,
    items_of,
    json_types,
    member_types,
    members_of,
    query_text,
    rest_types,
    typed,
    typed_members,
    typed_part,
)
from specloom.spec import Parameter, Schemas
from specloom.spec.api import ParameterLocation
from specloom.spec.document import Document

_MAX_MESSAGE: Final = 300
_ENCODED_COMMA: Final = re.compile("%2c", re.IGNORECASE)
_ANNOTATIONS: Final = frozenset({"type", "title", "description", "default", "example", "examples", "deprecated"})
"""Keywords of a schema of strings that forbid none (`type` said to be `string`)."""

_WITH_COMMAS: Final = frozenset({"form", "simple", "label", "matrix"})
"""The styles whose parts are divided by commas or, in some, dots or semicolons."""

Query = list[tuple[str, str]]
"""The pairs of name and value of a query, decoded."""


@attrs.define
class Slot:
    """A parameter, how it is written, and the JSON types of its value, elements and members; never changed.

    `rest_types` are those of members without a name. The text of a parameter in a path, and of one that `is_divided` in
    a query, is percent-encoded: the commas in it that divide its parts are not.
    """

    parameter: Parameter
    location: ParameterLocation
    name: str
    root: str
    style: str
    explode: bool
    types: Types
    item_types: Types
    member_types: Mapping[str, Types]
    rest_types: Types | None
    is_json: bool
    is_divided: bool
    is_scalar: bool
    is_any_text: bool
    is_object: bool
    document: Document
    validator: jsonschema_rs.Draft202012Validator | None

    def decoded(self, text: str) -> str:
        """Return a text, or a part of one, as it is meant. Raises ValueError when it is not UTF-8."""
        if self.location == "query" and self.is_divided:
            return query_text(text)
        # A cookie has no quotation marks, and so no JSON as it is.
        is_encoded = self.location == "path" or (self.location == "cookie" and self.is_json)
        return unquote(text, errors="strict") if is_encoded else text

    def fault(self, message: str) -> RequestFault:
        """Return the fault that `message` tells of."""
        location: Any = "header" if self.parameter.location == "cookie" else self.parameter.location
        return RequestFault(location, (self.parameter.name,), message[:_MAX_MESSAGE])


def slot_of(parameter: Parameter, schemas: Schemas | None, document: Document) -> Slot:
    """Return how a parameter is read; without `schemas` it is not checked."""
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
        rest_types=rest_types(document, schema),
        is_json=is_json,
        is_divided=not is_json and style in _WITH_COMMAS and bool(types & {"array", "object"}),
        is_scalar=not is_json and not is_marked and style != "deepObject" and not types & {"array", "object"},
        is_any_text=is_any_text and not is_json and not is_marked,
        is_object=not is_json and types - {"null"} == {"object"},
        document=document,
        validator=schemas.validator(parameter.schema_pointer) if schema and schemas else None,
    )


def readings(slot: Slot, given: list[str] | Query) -> Iterator[Callable[[], Any]]:
    """Yield what reads the texts, the likeliest way first; it raises ValueError, with a message for people."""
    yield partial(value_of, slot, given)
    first = given[0]
    if len(given) != 1 or not isinstance(first, str):
        return
    if slot.is_divided and slot.location in {"path", "query"} and "%2c" in first.lower() and "," not in first:
        # Many clients encode the commas between parts as well, and many servers do not mind.
        yield partial(value_of, slot, [_ENCODED_COMMA.sub(",", first)])
    if "array" in slot.types:
        # One text can be an array of one, or a scalar where the schema allows either.
        yield lambda: typed(slot.decoded(first), slot.types)


def value_of(slot: Slot, given: list[str] | Query) -> Any:
    """Return the value; raise ValueError, with a message for people, when the texts stand for none."""
    first = given[0]
    if isinstance(first, tuple):
        return _of_members(slot, [each for each in given if isinstance(each, tuple)])
    if slot.is_scalar and len(given) == 1:
        return typed(slot.decoded(first), slot.types)
    texts = [each for each in given if isinstance(each, str)]
    if slot.is_json:
        return strict_json.parse(_only(slot, texts).encode("utf-8", "surrogateescape"))
    if "array" in slot.types:
        exploded = slot.location == "query" and (slot.explode or len(texts) > 1)
        return [
            typed_part(slot.decoded(each), slot.item_types) for each in (texts if exploded else _parts(slot, first))
        ]
    text = _only(slot, texts)
    if slot.is_object and slot.style != "deepObject":
        members = [
            (slot.decoded(name), slot.decoded(each))
            for name, each in members_of(_parts(slot, text), explode=slot.explode)
        ]
        return typed_members(members, slot.member_types, slot.rest_types or TEXT)
    return typed(slot.decoded(_parts(slot, text)[0] if slot.location == "path" else text), slot.types)


def _only(slot: Slot, texts: list[str]) -> str:
    if len(texts) > 1:
        raise ValueError(f"{slot.parameter.name} is given more than once")
    return slot.decoded(texts[0]) if slot.is_json else texts[0]


def _parts(slot: Slot, text: str) -> list[str]:
    """Return the parts of one text, as they are encoded."""
    if slot.location == "path":
        return in_path(text, slot.name, slot.style, slot.types, explode=slot.explode)
    return items_of(text, slot.style)


def _of_members(slot: Slot, pairs: Query) -> Any:
    """Return the object whose members are given each by itself. Raises ValueError as above."""
    if slot.style == "deepObject":
        places = [(tokens_of(name)[1:], text) for name, text in pairs]
        return value_at(slot.document, slot.parameter.schema, places)
    if len(dict(pairs)) < len(pairs):
        raise ValueError(f"a member of {slot.parameter.name} is given more than once")
    return typed_members(pairs, slot.member_types, slot.rest_types or TEXT)
