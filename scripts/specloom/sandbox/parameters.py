"""Read the parameters of a request by their schemas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import unquote_to_bytes

import attrs
import jsonschema_rs

from specloom.sandbox import strict_json
from specloom.sandbox.faults import RequestFault
from specloom.sandbox.message import Request
from specloom.sandbox.parameter_texts import (
    Types,
    item_types,
    items_of,
    json_types,
    member_types,
    members_of,
    typed,
    typed_members,
)
from specloom.spec import Parameter, Schemas
from specloom.spec import pointer as json_pointer
from specloom.spec.api import ParameterLocation
from specloom.spec.document import Document

_MAX_MESSAGE: Final = 300
_ANNOTATIONS: Final = frozenset({"type", "title", "description", "default", "example", "examples", "deprecated"})
"""Keywords of a schema of strings that forbid none (`type` said to be `string`)."""

_STYLES: Final = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}

Values = dict[str, dict[str, Any]]
_Query = list[tuple[str, str]]


@attrs.define
class _Slot:
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
    validator: jsonschema_rs.Draft202012Validator | None

    def fault(self, message: str) -> RequestFault:
        """Return the fault that `message` tells of."""
        location: Any = "header" if self.parameter.location == "cookie" else self.parameter.location
        return RequestFault(location, (self.parameter.name,), message[:_MAX_MESSAGE])


class ParameterReader:
    """Reads and checks the parameters of one operation (OpenAPI 3.1, 4.8.12; styles `label` and `matrix` as text)."""

    def __init__(self, parameters: Sequence[Parameter], schemas: Schemas, document: Document) -> None:
        """Take the parameters of an operation and the schemas of its document."""
        self._slots = [_slot(each, schemas, document) for each in parameters]

    def read(self, request: Request, path_values: Mapping[str, str]) -> tuple[Values, list[RequestFault]]:
        """Return the values by the root of their runtime expressions and by name, and what is wrong with them."""
        values: Values = {}
        faults: list[RequestFault] = []
        query: _Query = []
        if request.query:
            try:
                query = list(query_pairs(request.query))
            except ValueError as error:
                faults.append(RequestFault("query", ("query",), str(error)))
        for slot in self._slots:
            given = _given(slot, request, path_values, query)
            if len(given) == 1 and slot.is_any_text:
                values.setdefault(slot.root, {})[slot.name] = given[0]
            elif given:
                value, found = _read(slot, given)
                faults += found
                if not found:
                    values.setdefault(slot.root, {})[slot.name] = value
            elif slot.parameter.required:
                faults.append(slot.fault(f"{slot.parameter.name} is required"))
        return values, faults


def _slot(parameter: Parameter, schemas: Schemas, document: Document) -> _Slot:
    source = document.at(parameter.pointer)
    style = source.get("style", _STYLES[parameter.location])
    schema, pointer, is_json = parameter.schema, parameter.schema_pointer, False
    if "content" in source:
        name, media_type = next(iter(source["content"].items()))
        pointer = parameter.pointer + json_pointer.join("content", name, "schema")
        schema, is_json = media_type.get("schema", {}), name.endswith("json")
    types = json_types(document, schema)
    return _Slot(
        parameter=parameter,
        location=parameter.location,
        # The name of a header has no case.
        name=parameter.name.lower() if parameter.location == "header" else parameter.name,
        root=f"request.{parameter.location}",
        style=style,
        explode=source.get("explode", style == "form"),
        types=types,
        item_types=item_types(document, schema),
        member_types=member_types(document, schema),
        is_json=is_json,
        is_scalar=not is_json and style != "deepObject" and not types & {"array", "object"},
        is_any_text=not is_json and not schema.keys() - _ANNOTATIONS and schema.get("type", "string") == "string",
        validator=schemas.validator(pointer) if schema else None,
    )


def _given(slot: _Slot, request: Request, path_values: Mapping[str, str], query: _Query) -> list[str] | _Query:
    """Return the texts that give a parameter, one for each time that it is given; of an object its members."""
    match slot.location:
        case "path":
            return [path_values[slot.name]]
        case "query" if slot.style == "deepObject":
            start = f"{slot.name}["
            bare = [text for name, text in query if name == slot.name]  # no object, and refused as such
            members = ((name[len(start) : -1], text) for name, text in query if name.startswith(start))
            return bare or list(members)
        case "query" if slot.types == {"object"} and slot.explode and not slot.is_json:
            return [(name, text) for name, text in query if name in slot.member_types]
        case "query":
            return [text for name, text in query if name == slot.name]
        case "header":
            return request.header_values(slot.name)
        case "cookie":
            return request.cookie_values(slot.name)


def _read(slot: _Slot, given: list[str] | _Query) -> tuple[Any, list[RequestFault]]:
    """Return the value of a parameter that was given as `given`, and what is wrong with it."""
    try:
        value = _value(slot, given)
    except ValueError as error:
        return None, [slot.fault(str(error))]
    if slot.validator is None or slot.validator.is_valid(value):
        return value, []
    return value, [slot.fault(error.message) for error in slot.validator.iter_errors(value)]


def _value(slot: _Slot, given: list[str] | _Query) -> Any:
    """Return the value; raise ValueError, with a message for people, when the texts stand for none."""
    first = given[0]
    if slot.is_scalar and len(given) == 1 and isinstance(first, str):
        return typed(first, slot.types)
    if isinstance(first, tuple):
        pairs = [each for each in given if isinstance(each, tuple)]
        if len(dict(pairs)) < len(pairs):
            raise ValueError(f"a member of {slot.parameter.name} is given more than once")
        return typed_members(pairs, slot.member_types)
    texts = [each for each in given if isinstance(each, str)]
    if "array" in slot.types and not slot.is_json:
        exploded = slot.parameter.location == "query" and (slot.explode or len(texts) > 1)
        return [typed(text, slot.item_types) for text in (texts if exploded else items_of(first, slot.style))]
    if len(texts) > 1:
        raise ValueError(f"{slot.parameter.name} is given more than once")
    if slot.is_json:
        return strict_json.parse(first.encode("utf-8", "surrogateescape"))
    if slot.types == {"object"} and slot.style != "deepObject":
        return typed_members(members_of(first, slot.style, explode=slot.explode), slot.member_types)
    return typed(first, slot.types)


def query_pairs(query: str) -> Iterator[tuple[str, str]]:
    """Yield the decoded (name, value) pairs of a query string; raise ValueError when they are not UTF-8."""
    is_plain = "%" not in query and "+" not in query and query.isascii()
    decoded: Callable[[str], str] = str if is_plain else _decoded
    for pair in query.split("&"):
        if pair:
            name, _, value = pair.partition("=")
            yield decoded(name), decoded(value)


def _decoded(text: str) -> str:
    text = text.replace("+", " ")
    if "%" not in text and text.isascii():
        return text
    try:
        return unquote_to_bytes(text.encode("latin-1")).decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("the query string is not UTF-8") from None
