"""Read the parameters of a request by their schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import unquote_to_bytes

import attrs

from specloom.sandbox.faults import RequestFault
from specloom.sandbox.message import Request
from specloom.spec import Parameter, Schemas
from specloom.spec.document import Document

_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,399})")
_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")
_MAX_MESSAGE: Final = 300

Values = dict[str, dict[str, Any]]


@attrs.frozen
class _Slot:
    """A parameter, the JSON types that its schema allows, and those of its items if it is an array."""

    parameter: Parameter
    types: frozenset[str]
    item_types: frozenset[str]

    @property
    def key(self) -> str:
        """The name that runtime expressions know the parameter by; that of a header has no case."""
        return self.parameter.name.lower() if self.parameter.location == "header" else self.parameter.name

    def fault(self, message: str) -> RequestFault:
        """Return the fault that `message` tells of."""
        location: Any = "header" if self.parameter.location == "cookie" else self.parameter.location
        return RequestFault(location, (self.parameter.name,), message[:_MAX_MESSAGE])


class ParameterReader:
    """Reads and checks the parameters of one operation (OpenAPI 3.1, 4.8.12; styles simple and form)."""

    def __init__(self, parameters: Sequence[Parameter], schemas: Schemas, document: Document) -> None:
        """Take the parameters of an operation and the schemas of its document."""
        self._slots = [_Slot(each, _types(each.schema), _item_types(document, each)) for each in parameters]
        self._schemas = schemas

    def read(self, request: Request, path_values: Mapping[str, str]) -> tuple[Values, list[RequestFault]]:
        """Return the values by location and name, and what is wrong with them."""
        values: Values = {"path": {}, "query": {}, "header": {}, "cookie": {}}
        faults: list[RequestFault] = []
        try:
            query = list(_query(request.query))
        except ValueError as error:
            query = []
            faults.append(RequestFault("query", ("query",), str(error)))
        for slot in self._slots:
            given = _given(slot.parameter, request, path_values, query)
            value, found = self._read(slot, given)
            faults += found
            if not found and given:
                values[slot.parameter.location][slot.key] = value
        return values, faults

    def _read(self, slot: _Slot, given: list[str]) -> tuple[Any, list[RequestFault]]:
        """Return the value of a parameter that was given as the texts `given`, and what is wrong with it."""
        name = slot.parameter.name
        if not given:
            return None, [slot.fault(f"{name} is required")] if slot.parameter.required else []
        if "array" in slot.types:
            texts = given if slot.parameter.location == "query" else given[0].split(",")
            value: Any = [_value(text, slot.item_types) for text in texts]
        elif len(given) > 1:
            return None, [slot.fault(f"{name} is given more than once")]
        else:
            value = _value(given[0], slot.types)
        return value, [
            slot.fault(error.message) for error in self._schemas.errors(slot.parameter.schema_pointer, value)
        ]


def _given(
    parameter: Parameter, request: Request, path_values: Mapping[str, str], query: list[tuple[str, str]]
) -> list[str]:
    """Return the texts that a request gives for a parameter, one for each time that it does."""
    match parameter.location:
        case "path":
            return [path_values[parameter.name]]
        case "query":
            return [value for name, value in query if name == parameter.name]
        case "header":
            return request.header_values(parameter.name.lower())
        case "cookie":
            return request.cookie_values(parameter.name)


def _value(text: str, types: frozenset[str]) -> Any:
    """Return the value that `text` stands for under a schema that allows `types`; the text itself if it is none."""
    if "integer" in types and _INTEGER.fullmatch(text):
        return int(text)
    if "number" in types and _NUMBER.fullmatch(text):
        return float(text)
    if "boolean" in types and text in {"true", "false"}:
        return text == "true"
    return text


def _types(schema: Mapping[str, Any]) -> frozenset[str]:
    declared = schema.get("type", "string")
    return frozenset([declared] if isinstance(declared, str) else declared)


def _item_types(document: Document, parameter: Parameter) -> frozenset[str]:
    if "items" not in parameter.schema:
        return frozenset({"string"})
    return _types(document.resolve(f"{parameter.schema_pointer}/items")[1])


def _query(query: str) -> Iterator[tuple[str, str]]:
    """Yield the decoded (name, value) pairs of a query string; raise ValueError when they are not UTF-8."""
    for pair in query.split("&"):
        if pair:
            name, _, value = pair.partition("=")
            yield _decoded(name), _decoded(value)


def _decoded(text: str) -> str:
    try:
        return unquote_to_bytes(text.replace("+", " ")).decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("the query string is not UTF-8") from None
