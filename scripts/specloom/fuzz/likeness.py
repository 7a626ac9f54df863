"""Find operations that a request line does not tell apart: names of parameters, queries and fragments do not count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from specloom.spec import Api, Document, Operation, Parameter
from specloom.spec import pointer as json_pointer

_DEEPEST: Final = 8


def alike(api: Api, operation: Operation) -> list[Operation]:
    """Return an operation, and those with its method that the same request lines can be meant for."""
    found = operations_at(api, operation)
    return [operation, *(each for each in found if each.method == operation.method and each is not operation)]


def operations_at(api: Api, operation: Operation) -> list[Operation]:
    """Return the operations, of any method, that requests for the path of `operation` can be meant for."""
    return [each for each in api.operations if _shape(each) == _shape(operation)]


def clashing(document: Document, operation: Operation) -> list[Parameter]:
    """Return the objects in the query of which a member has the name of another parameter.

    With the style `form` and `explode` the members of an object stand in the query by themselves.
    """
    query = [each for each in operation.parameters if each.location == "query"]
    spread = [each for each in query if each.style == "form" and each.explode and each.media_type is None]
    names = {each.name for each in query}
    return [each for each in spread if names & set(_members(document, each.schema, _DEEPEST))]


def _members(document: Document, schema: Any, depth: int) -> Iterator[str]:
    """Yield the names of the members that a schema of an object declares."""
    if not isinstance(schema, Mapping) or depth == 0:
        return
    yield from schema.get("properties", {})
    parts = [part for keyword in ("allOf", "anyOf", "oneOf") for part in schema.get(keyword, [])]
    if isinstance(schema.get("$ref"), str):
        parts.append(document.resolve(json_pointer.from_fragment(schema["$ref"]))[1])
    for part in parts:
        yield from _members(document, part, depth - 1)


def _shape(operation: Operation) -> str:
    return re.sub(r"\{[^{}]+\}", "{}", re.split("[?#]", operation.path)[0])
