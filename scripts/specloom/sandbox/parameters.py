"""Read the parameters of a request by their schemas."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import Any

from specloom.sandbox.faults import RequestFault
from specloom.sandbox.message import Request
from specloom.sandbox.parameter_texts import query_text
from specloom.sandbox.parameter_values import Query, Slot, readings, slot_of
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
        self._claimed = frozenset(_claimed(self._slots, document))

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
            given = _given(slot, request, path_values, query, self._claimed)
            if len(given) == 1 and slot.is_any_text and isinstance(given[0], str):
                values.setdefault(slot.root, {})[slot.name] = slot.decoded(given[0])
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


def _claimed(slots: Sequence[Slot], document: Document) -> Iterator[str]:
    """Yield the names in a query that no object without names of its own has for members."""
    for slot in slots:
        if slot.location == "query":
            is_spread = slot.is_object and slot.explode and slot.style != "deepObject"
            yield from slot.member_types if is_spread else [slot.name]
    for scheme in document.data.get("components", {}).get("securitySchemes", {}).values():
        if scheme.get("in") == "query":
            yield scheme["name"]


def _given(
    slot: Slot, request: Request, path_values: Mapping[str, str], query: Query, claimed: Container[str]
) -> list[str] | Query:
    """Return the texts that give a parameter, one for each time that it is given; of an object its members."""
    match slot.location:
        case "path":
            return [path_values[slot.name]] if slot.name in path_values else []
        case "query":
            return given_in_query(slot, request, query, claimed) if query else []
        case "header":
            return request.header_values(slot.name)
        case "cookie":
            return request.cookie_values(slot.name)


def given_in_query(slot: Slot, request: Request, query: Query, claimed: Container[str]) -> list[str] | Query:
    """Return the same of a parameter in the `query` of a request; no object without names has those `claimed`."""
    if slot.is_object and slot.explode and slot.style != "deepObject":
        is_open = slot.rest_types is not None
        return [(name, text) for name, text in query if name in slot.member_types or (is_open and name not in claimed)]
    given = [text for name, text in query if name == slot.name]
    if slot.style == "deepObject":  # without brackets it is no object, and refused as such
        return given or [(name, text) for name, text in query if name.startswith(f"{slot.name}[")]
    if given and slot.is_divided:
        pairs = (pair.partition("=") for pair in request.query.split("&"))
        given = [text for name, _, text in pairs if query_text(name) == slot.name]
    return given


def _read(slot: Slot, given: list[str] | Query) -> tuple[Any, list[RequestFault]]:
    """Return the value of a parameter that was given as `given`, and what is wrong with it."""
    validator = slot.validator
    value, faults = None, list[RequestFault]()
    for reading in readings(slot, given):
        try:
            found = reading()
        except ValueError as error:
            faults = faults or [slot.fault(str(error))]
            continue
        if validator is None or validator.is_valid(found):
            return found, []
        if not faults:
            value, faults = found, [slot.fault(error.message) for error in validator.iter_errors(found)]
    return value, faults


def query_pairs(query: str) -> Iterator[tuple[str, str]]:
    """Yield the decoded (name, value) pairs of a query string; raise ValueError when they are not UTF-8."""
    is_plain = "%" not in query and "+" not in query and query.isascii()
    decoded: Callable[[str], str] = str if is_plain else query_text
    for pair in query.split("&"):
        if pair:
            name, _, value = pair.partition("=")
            yield decoded(name), decoded(value)
