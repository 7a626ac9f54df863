"""Which kind of object stands where in an OpenAPI document (OpenAPI 3.1, section 4.8)."""

from __future__ import annotations

from typing import Final

from specloom.spec.api import METHODS

COMPONENTS: Final = {
    "schema": "schemas",
    "response": "responses",
    "parameter": "parameters",
    "example": "examples",
    "requestBody": "requestBodies",
    "header": "headers",
    "securityScheme": "securitySchemes",
    "link": "links",
    "callback": "callbacks",
}
"""The member of `components` for each kind of object that may be replaced by a Reference Object."""

PAYLOAD: Final = "payload"
"""The kind of a value of the API, in which no keyword has a meaning."""
OTHER: Final = "other"
"""The kind of everything that needs no care of its own."""

# `list` and `map` before a kind stand for an array and for an object by name of it.
_CONTENT: Final = {"content": "map mediaType", "examples": "map example", "example": PAYLOAD, "schema": "schema"}
_CHILDREN: Final[dict[str, dict[str, str]]] = {
    "document": {"components": "components", "paths": "map pathItem", "webhooks": "map pathItem"},
    "components": {name: f"map {kind}" for kind, name in COMPONENTS.items()} | {"pathItems": "map pathItem"},
    "pathItem": {"parameters": "list parameter"} | dict.fromkeys(METHODS, "operation"),
    "operation": {
        "parameters": "list parameter",
        "requestBody": "requestBody",
        "responses": "map response",
        "callbacks": "map callback",
    },
    "parameter": _CONTENT,
    "header": _CONTENT,
    "requestBody": {"content": "map mediaType"},
    "response": {"headers": "map header", "content": "map mediaType", "links": "map link"},
    "mediaType": {**_CONTENT, "encoding": "map encoding"},
    "encoding": {"headers": "map header"},
    "example": {"value": PAYLOAD},
    "schema": {
        **dict.fromkeys(
            ("additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then",
             "unevaluatedItems", "unevaluatedProperties"), "schema"
        ),
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), "list schema"),
        **dict.fromkeys(
            ("$defs", "definitions", "dependentSchemas", "patternProperties", "properties"), "map schema"
        ),
        **dict.fromkeys(("const", "default", "enum", "example", "examples"), PAYLOAD),
        "discriminator": "discriminator",
    },
}  # fmt: skip


def child(kind: str, key: str) -> str:
    """Return the kind of what stands at `key` in an object of `kind`, or in an array, whose kind is `list …`."""
    if kind == PAYLOAD:
        return PAYLOAD
    form, _, inner = kind.partition(" ")
    if form in {"list", "map"}:
        return PAYLOAD if form == "map" and key.startswith("x-") and inner != "schema" else inner
    if key.startswith("x-"):
        return PAYLOAD
    if kind == "callback":
        return "pathItem"
    return _CHILDREN.get(kind, {}).get(key, OTHER)
