"""The contract of a schema: what it accepts with declared members only, where its objects are open.

JSON Schema has a word for it: what `unevaluatedProperties: false` accepts at each place where a value stands.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_SUFFIX = "Sent"


def closed(document: dict[str, Any]) -> dict[str, Any]:
    """Return `document` with a component `NAME` beside each one as `NAMESent`, which refuses undeclared members."""
    schemas = document["components"]["schemas"]
    sent = {f"{name}{_SUFFIX}": _inside(schema) for name, schema in schemas.items()}
    top = {f"{name}{_SUFFIX}Only": _at({"$ref": f"#/components/schemas/{name}"}) for name in schemas}
    return {**document, "components": {"schemas": {**schemas, **sent, **top}}}


def _at(schema: Any) -> Any:
    """Return the schema of a place where a value stands."""
    inside = _inside(schema)
    if inside is True:
        return {"unevaluatedProperties": False}
    return {**inside, "unevaluatedProperties": False} if isinstance(inside, dict) else inside


def _inside(schema: Any) -> Any:
    """Return a schema that applies to the same value as the one around it."""
    if not isinstance(schema, dict):
        return schema
    return {keyword: _keyword(keyword, value) for keyword, value in schema.items() if not _open(keyword, value)}


def _open(keyword: str, value: Any) -> bool:
    return keyword in {"additionalProperties", "unevaluatedProperties"} and value in (True, {})


def _keyword(keyword: str, value: Any) -> Any:
    if keyword == "$ref":
        return f"{value}{_SUFFIX}"
    if keyword in {"then", "else"}:
        return _inside(value)
    if keyword in {"additionalProperties", "items"}:
        return _at(value)
    if keyword in _INSIDE:
        of = _INSIDE[keyword]
        return {name: of(child) for name, child in value.items()} if isinstance(value, dict) else list(map(of, value))
    return value


_INSIDE: dict[str, Callable[[Any], Any]] = {
    "allOf": _inside,
    "anyOf": _inside,
    "oneOf": _inside,
    "dependentSchemas": _inside,
    "patternProperties": _at,
    "prefixItems": _at,
    "properties": _at,
}
