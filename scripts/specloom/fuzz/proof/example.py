"""Make a small value that satisfies a schema."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, Final

from specloom.spec import Document
from specloom.spec import pointer as json_pointer

_TIMES: Final = {"date-time": "2001-02-03T04:05:06Z", "date": "2001-02-03"}


def minimal(document: Document, pointer: str) -> Any:
    """Return a small value that satisfies the schema at `pointer`, as far as its examples and types tell."""
    pointer, schema = document.resolve(pointer)
    for keyword in ("const", "default"):
        if keyword in schema:
            return copy.deepcopy(schema[keyword])
    for keyword in ("examples", "enum"):
        if schema.get(keyword):
            return copy.deepcopy(schema[keyword][0])
    for keyword in ("oneOf", "anyOf", "allOf"):
        if schema.get(keyword):
            return minimal(document, f"{pointer}/{keyword}/0")
    return _of_type(document, pointer, schema)


def _of_type(document: Document, pointer: str, schema: Mapping[str, Any]) -> Any:
    types = schema.get("type", "object" if "properties" in schema else "string")
    match types if isinstance(types, str) else types[0]:
        case "object":
            declared = [name for name in schema.get("required", ()) if name in schema.get("properties", ())]
            return {name: minimal(document, pointer + json_pointer.join("properties", name)) for name in declared}
        case "array":
            prefix = len(schema.get("prefixItems", ()))
            places = [
                f"prefixItems/{index}" if index < prefix else "items" for index in range(schema.get("minItems", 0))
            ]
            return [minimal(document, f"{pointer}/{place}") for place in places]
        case "string":
            return _TIMES.get(schema.get("format", ""), "x" * max(1, schema.get("minLength", 1)))
        case "boolean":
            return True
        case "null":
            return None
        case _:
            return schema.get("minimum", 1)
