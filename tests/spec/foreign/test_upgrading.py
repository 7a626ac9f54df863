"""Schemas of OpenAPI 3.0 become JSON Schema 2020-12 that accepts the same values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.spec.foreign.published import schemas

from specloom.spec.foreign import Adopted

Adopt = Callable[..., Adopted]

REWRITTEN = {
    "nullable scalar": ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
    "nullable with enum": (
        {"type": "string", "nullable": True, "enum": ["a"]},
        {"type": ["string", "null"], "enum": ["a", None]},
    ),
    "nullable object": (
        {"type": "object", "nullable": True, "description": "d", "properties": {}},
        {"description": "d", "anyOf": [{"type": "object", "properties": {}}, {"type": "null"}]},
    ),
    "nullable reference": (
        {"$ref": "#/components/schemas/Other", "nullable": True},
        {"anyOf": [{"$ref": "#/components/schemas/Other"}, {"type": "null"}]},
    ),
    "nullable allOf": (
        {"allOf": [{"$ref": "#/components/schemas/Other"}], "nullable": True},
        {"anyOf": [{"allOf": [{"$ref": "#/components/schemas/Other"}]}, {"type": "null"}]},
    ),
    "nullable anyOf": (
        {"anyOf": [{"type": "string"}], "nullable": True},
        {"anyOf": [{"type": "string"}, {"type": "null"}]},
    ),
    "not nullable": ({"type": "string", "nullable": False}, {"type": "string"}),
    "nullable anything": ({"nullable": True, "description": "d"}, {"description": "d"}),
    "exclusive minimum": ({"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}),
    "inclusive maximum": ({"maximum": 1, "exclusiveMaximum": False}, {"maximum": 1}),
    "exclusive without a limit": ({"exclusiveMaximum": True}, {}),
    "array of items": (
        {"type": "array", "items": [{"type": "string"}], "additionalItems": False},
        {"type": "array", "prefixItems": [{"type": "string"}], "items": {"not": {}}},
    ),
    "value listed twice": ({"enum": ["a", "b", "a"], "x-enum-varnames": ["A", "B", "C"]}, {"enum": ["a", "b"]}),
    "one and true are two values": ({"enum": [1, True]}, {"enum": [1, True]}),
    "type with a comma": ({"type": "string,"}, {"type": "string"}),
    "no type": ({"type": "any"}, {}),
    "required of draft 3": ({"type": "string", "required": True}, {"type": "string"}),
    "nothing required": ({"type": "object", "required": []}, {"type": "object"}),
    "constraint beside a reference": (
        {"$ref": "#/components/schemas/Other", "type": "object", "description": "d"},
        {"$ref": "#/components/schemas/Other", "description": "d"},
    ),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_a_schema_is_rewritten(adopted: Adopt, name: str) -> None:
    before, after = REWRITTEN[name]
    found = adopted(schemas(Other={"type": "object"}, Inner={"type": "object", "properties": {"it": before}}))
    assert found.data["openapi"] == "3.1.0"
    assert found.data["components"]["schemas"]["Inner"]["properties"]["it"] == after


@pytest.mark.parametrize("kind", ["any", "file"])
def test_a_type_that_does_not_exist_is_told(adopted: Adopt, kind: str) -> None:
    found = adopted(schemas(Label={"type": kind}))
    assert [note.message for note in found.notes if note.pointer == "/components/schemas/Label"] == [
        f"JSON Schema has no type {kind!r}"
    ]


def test_nullable_in_a_document_of_3_1_means_what_it_meant(adopted: Adopt) -> None:
    found = adopted({"openapi": "3.1.0", **schemas(Label={"type": "string", "nullable": True})})
    assert found.data["components"]["schemas"]["Label"] == {"type": ["string", "null"]}


def test_what_stands_beside_a_reference_counts_in_3_1(adopted: Adopt) -> None:
    both: dict[str, Any] = {"$ref": "#/components/schemas/Other", "minLength": 3}
    found = adopted({"openapi": "3.1.0", **schemas(Other={"type": "string"}, Label=both)})
    assert found.data["components"]["schemas"]["Label"] == both
