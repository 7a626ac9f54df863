"""Read a document of OpenAPI 3.0 as if it were 3.1: its schemas in the keywords of JSON Schema 2020-12."""

from __future__ import annotations

from typing import Any, Final

import attrs

from specloom.spec import Document

# Values of the API, in which no keyword has a meaning.
_PAYLOADS: Final = frozenset({"const", "default", "enum", "example", "examples", "mapping", "value"})
# Names of the author's choice: `default` is no keyword among them.
_NAMES: Final = frozenset({"headers", "parameters", "properties", "requestBodies", "responses", "schemas"})


def modern(document: Document) -> Document:
    """Return `document` with the schemas of OpenAPI 3.0 rewritten in place; any other one as it is.

    Each value keeps its pointer. `nullable` without `type` says nothing in JSON Schema's words at that place: it stays.
    """
    version = document.data.get("openapi") if isinstance(document.data, dict) else None
    if not (isinstance(version, str) and version.startswith("3.0")):
        return document
    return attrs.evolve(document, data=_rewritten(document.data))


def _rewritten(value: Any) -> Any:
    if isinstance(value, list):
        return [_rewritten(child) for child in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("$ref"), str):
        return {"$ref": value["$ref"]}  # OpenAPI 3.0.3, Reference Object: what stands beside is ignored
    result = {keyword: _below(keyword, child) for keyword, child in value.items()}
    if result.get("nullable") is True and isinstance(result.get("type"), str):
        result["type"] = [result["type"], "null"]
    for limit in ("minimum", "maximum"):
        exclusive = f"exclusive{limit.title()}"
        if isinstance(result.get(exclusive), bool) and result.pop(exclusive) and limit in result:
            result[exclusive] = result.pop(limit)
    return result


def _below(keyword: str, value: Any) -> Any:
    if keyword in _PAYLOADS or keyword.startswith("x-"):
        return value
    if keyword in _NAMES and isinstance(value, dict):
        return {name: _rewritten(child) for name, child in value.items()}
    return _rewritten(value)
