"""Read the parameters of a request by their schemas."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote_to_bytes

from specloom.sandbox.faults import RequestFault
from specloom.sandbox.message import Request
from specloom.sandbox.parameter_texts import typed
from specloom.sandbox.parameter_values import Query, Slot, slot_of, value_of
from specloom.spec import Parameter, Schemas
from specloom.spec.document import Document

Values = dict[str, dict[str, Any]]


class ParameterReader:
    """Reads and checks the parameters of one operation (OpenAPI 3.1, 4.8.12)."""

    def __init__(
        self,
        parameters: Sequence[Parameter],
        schemas: Schemas,
        document: Document,
        contradictions: Container[str] = (),
    ) -> None:
        """Take the parameters of an operation and the schemas of its document.

        A schema among the `contradictions` checks nothing: a value could only be wrong.
        """
        self._contradictions = contradictions
        self._slots = [slot_of(each, schemas, document) for each in parameters]

    def read(self, request: Request, path_values: Mapping[str, str]) -> tuple[Values, list[RequestFault]]:
        """Return the values by the root of their runtime expressions and by name, and what is wrong with them."""
        values: Values = {}
        faults: list[RequestFault] = []
        query: Query = []
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
                if found and slot.parameter.schema_pointer in self._contradictions:
                    found = []
                faults += found
                if not found:
                    values.setdefault(slot.root, {})[slot.name] = value
            elif slot.parameter.required:
                faults.append(slot.fault(f"{slot.parameter.name} is required"))
        return values, faults


def _given(slot: Slot, request: Request, path_values: Mapping[str, str], query: Query) -> list[str] | Query:
    """Return the texts that give a parameter, one for each time that it is given; of an object its members."""
    match slot.location:
        case "path":
            return [path_values[slot.name]] if slot.name in path_values else []
        case "query" if slot.style == "deepObject":
            bare = [text for name, text in query if name == slot.name]  # no object, and refused as such
            return bare or [(name, text) for name, text in query if name.startswith(f"{slot.name}[")]
        case "query" if slot.is_object and slot.explode:
            return [(name, text) for name, text in query if name in slot.member_types]
        case "query":
            return [text for name, text in query if name == slot.name]
        case "header":
            return request.header_values(slot.name)
        case "cookie":
            return request.cookie_values(slot.name)


def _read(slot: Slot, given: list[str] | Query) -> tuple[Any, list[RequestFault]]:
    """Return the value of a parameter that was given as `given`, and what is wrong with it."""
    try:
        value = value_of(slot, given)
    except ValueError as error:
        return None, [slot.fault(str(error))]
    if slot.validator is None or slot.validator.is_valid(value):
        return value, []
    if isinstance(value, list) and len(given) == 1 and isinstance(given[0], str):
        # One text can be an array of one, or a scalar where the schema allows either.
        scalar = typed(given[0], slot.types)
        if slot.validator.is_valid(scalar):
            return scalar, []
    return value, [slot.fault(error.message) for error in slot.validator.iter_errors(value)]


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
