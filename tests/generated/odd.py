"""A spec with the shapes that generators stumble over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_TEXT = {"type": "string"}
SCHEMAS: dict[str, Any] = {
    # Members called like keywords, built-in names, or what the classes of either kind have themselves.
    "Named": {
        "type": "object",
        "required": ["class", "self", "d", "copy"],
        "properties": dict.fromkeys(
            (
                *(
                    "class",
                    "self",
                    "d",
                    "copy",
                    "cls",
                    "import",
                    "None",
                    "True",
                    "type",
                    "str",
                    "dict",
                    "list",
                    "object",
                ),
                *("from_dict", "to_dict", "src_dict", "field_dict", "additional_properties", "additional_keys", "cast"),
                *(
                    "named",
                    "model_config",
                    "model_fields",
                    "json",
                    "schema",
                    "validate",
                    "datetime",
                    "mistyped",
                    "number",
                ),
                *("fooBar", "@id", "_private", "a-b", "1st", "ä", "UNSET", "Any", "prop_name", "integer", "construct"),
            ),
            _TEXT,
        ),
    },
    "Numbers": {
        "type": "object",
        "properties": {
            "whole": {"type": "integer", "minimum": -5, "maximum": 5},
            "above": {"type": "integer", "exclusiveMinimum": 0},
            "part": {"type": "number", "minimum": -1.5, "exclusiveMaximum": 2},
            "even": {"type": "integer", "multipleOf": 2},
            "nullable": {"type": ["integer", "null"], "minimum": 1},
            "required_null": {"type": ["number", "null"], "maximum": 9},
            "wide": {"type": "integer", "format": "int32"},
            "money": {"type": "number", "format": "decimal"},
            "either": {"anyOf": [{"type": "integer"}, {"type": "string"}]},
            "any_number": {"anyOf": [{"type": "number"}, {"type": "boolean"}]},
        },
        "required": ["required_null"],
    },
    "Texts": {
        "type": "object",
        "properties": {
            "digits": {"type": "string", "pattern": r"^\d+$"},
            "word": {"type": "string", "pattern": r"^[\w.]{1,8}$", "maxLength": 5},
            "no_x": {"type": "string", "pattern": r"^(?!x)\w+$"},
            "short": {"type": "string", "minLength": 2, "maxLength": 3},
            "when": {"type": "string", "format": "date-time"},
            "maybe": {"type": ["string", "null"], "format": "date-time"},
            "day": {"type": "string", "format": "date"},
            "key": {"type": "string", "format": "uuid"},
            "coded": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^\d$"}]},
            "mail": {"type": "string", "format": "x-anything"},
            "secret": {"type": "string", "format": "password"},
            "raw": {"type": "string", "format": "byte"},
        },
    },
    "Colour": {"type": "string", "enum": ["red", "green"]},
    "Level": {"type": "integer", "enum": [1, 2, 3]},
    "Chosen": {
        "type": "object",
        "required": ["colour"],
        "properties": {
            "colour": {"$ref": "#/components/schemas/Colour"},
            "level": {"$ref": "#/components/schemas/Level"},
            "nullable": {"type": ["string", "null"], "enum": ["a", "b", None]},
            "open": {"anyOf": [{"$ref": "#/components/schemas/Colour"}, _TEXT, {"type": "null"}]},
            "one": {"type": "string", "const": "one"},
            "yes": {"type": "boolean", "const": True},
            "three": {"type": "integer", "const": 3},
        },
    },
    "Cat": {
        "type": "object",
        "required": ["kind", "name"],
        "properties": {"kind": {"type": "string", "enum": ["cat", "lion"]}, "name": _TEXT},
    },
    "Dog": {
        "type": "object",
        "required": ["kind", "size"],
        "additionalProperties": False,
        "properties": {"kind": {"type": "string", "const": "dog"}, "size": {"type": "number"}},
    },
    "Closed": {"type": "object", "additionalProperties": False, "properties": {"size": {"type": "number"}}},
    "Holder": {
        "type": "object",
        "required": ["pet", "pets"],
        "properties": {
            "pet": {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]},
            "pets": {
                "type": "array",
                "maxItems": 3,
                "items": {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]},
            },
            "maybe": {"anyOf": [{"$ref": "#/components/schemas/Dog"}, {"type": "null"}]},
            "closed": {"anyOf": [{"$ref": "#/components/schemas/Closed"}, {"$ref": "#/components/schemas/Cat"}]},
            "mixed": {"anyOf": [{"$ref": "#/components/schemas/Cat"}, _TEXT, {"type": "array", "items": _TEXT}]},
            "inline": {"type": "object", "required": ["x"], "properties": {"x": {"type": ["boolean", "null"]}}},
            "anything": {},
            "nothing": {"type": "null"},
        },
    },
    "Maps": {
        "type": "object",
        "properties": {
            "of_numbers": {"type": "object", "additionalProperties": {"type": "number"}},
            "of_lists": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "integer"}}},
            "of_times": {"type": "object", "additionalProperties": {"type": "string", "format": "date-time"}},
            "of_pets": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Cat"}},
            "empty": {"type": "object", "additionalProperties": False},
            "free": {"type": "object", "additionalProperties": True},
        },
        "additionalProperties": {"type": "integer"},
    },
    "Lists": {
        "type": "object",
        "properties": {
            "mixed": {
                "type": "array",
                "items": {"anyOf": [{"type": "number"}, {"type": "string", "format": "date-time"}]},
            },
            "nested": {"type": "array", "minItems": 1, "items": {"type": "array", "items": {"type": "boolean"}}},
            "nullable": {"type": ["array", "null"], "items": {"type": ["string", "null"]}},
            "bounded": {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": "integer", "minimum": 0}},
            "keys": {"type": "array", "items": {"type": "string", "format": "uuid"}},
        },
    },
}

# Answers that are no objects.
ANSWERS: list[dict[str, Any]] = [
    {"type": "array", "items": {"type": "string", "format": "date-time"}},
    {"type": "integer"},
    {"type": ["string", "null"]},
    {"type": "array", "items": {"$ref": "#/components/schemas/Cat"}},
]


def write_odd(folder: Path) -> Path:
    """Write the spec below `folder` and return its path."""
    answers = {
        str(200 + index): {
            "description": name,
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}},
        }
        for index, name in enumerate(SCHEMAS)
    }
    for index, schema in enumerate(ANSWERS):
        answers[str(400 + index)] = {"description": "Odd.", "content": {"application/json": {"schema": schema}}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Odd", "version": "1.0.0", "summary": "Odd shapes.", "description": "Odd shapes."},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {"/odd": {"get": {"operationId": "getOdd", "tags": ["odd"], "responses": answers}}},
        "components": {"schemas": SCHEMAS},
    }
    path = folder / "specs" / "odd" / "openapi.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(yaml.safe_dump(document, sort_keys=False, allow_unicode=True), "utf-8")
    return path
