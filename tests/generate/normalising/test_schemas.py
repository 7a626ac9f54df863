"""Schemas are rewritten to what openapi-python-client reads, and mean the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from specloom.generate.prepared import Prepared

Read = Callable[..., Prepared]

CASES: dict[str, tuple[Any, Any]] = {
    "a boolean schema": (True, {}),
    "a type": ({"type": "string", "pattern": "^a$"}, {"type": "string"}),
    "a type that may be null": ({"type": ["integer", "null"]}, {"anyOf": [{"type": "integer"}, {"type": "null"}]}),
    "an array of anything": ({"type": "array"}, {"type": "array", "items": {}}),
    "a tuple": (
        {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": {"type": "string"}},
        {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}},
    ),
    "alternatives within alternatives": (
        {"oneOf": [{"type": "string"}, {"anyOf": [{"type": "integer"}, {"type": "string", "title": "S"}]}]},
        {"anyOf": [{"type": "string"}, {"type": "integer"}]},
    ),
    "arrays as alternatives": (
        {"oneOf": [{"type": "array", "items": {"type": each}} for each in ("string", "integer")] + [{"type": "null"}]},
        {
            "anyOf": [
                {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}},
                {"type": "null"},
            ]
        },
    ),
    "alternatives that only narrow": (
        {"type": "string", "oneOf": [{"format": "ipv4"}, {"format": "ipv6"}]},
        {"type": "string"},
    ),
    "alternatives of which one cannot be": (
        {"allOf": [{"type": "string"}, {"anyOf": [{"type": "string"}, {"type": "null"}]}]},
        {"type": "string"},
    ),
    "a number or an integer": ({"type": ["integer", "number"]}, {"type": "number"}),
    "what is any value among others": ({"anyOf": [{"type": "string"}, {}]}, {}),
    "one constant": ({"const": "a"}, {"const": "a"}),
    "an enum of null alone": ({"enum": [None]}, {"type": "null"}),
    "an enum without values": ({"type": "string", "enum": []}, {"type": "string"}),
    "an enum of booleans": ({"type": "boolean", "enum": [True]}, {"type": "boolean"}),
    "a default that fits": ({"type": "integer", "default": 1}, {"type": "integer", "default": 1}),
    "a default that does not fit": ({"type": "integer", "default": "one"}, {"type": "integer"}),
}


@pytest.mark.parametrize("case", CASES)
def test_a_member_is_written_so_that_it_can_be_read(read: Read, case: str) -> None:
    given, wanted = CASES[case]
    prepared = read({"Thing": {"type": "object", "properties": {"member": given}}})
    assert prepared.document["components"]["schemas"]["Thing"]["properties"] == {"member": wanted}
    assert not prepared.losses


def test_an_enum_of_several_types_is_several_enums(read: Read) -> None:
    prepared = read({"Thing": {"type": "object", "properties": {"kind": {"enum": ["a", 1, None]}}}})
    schemas = prepared.document["components"]["schemas"]
    assert schemas["ThingKind"] == {"type": "string", "enum": ["a"]}
    assert schemas["ThingKind2"] == {"type": "integer", "enum": [1]}
    assert schemas["Thing"]["properties"]["kind"]["anyOf"] == [
        {"$ref": "#/components/schemas/ThingKind"},
        {"$ref": "#/components/schemas/ThingKind2"},
        {"type": "null"},
    ]


def test_constants_as_alternatives_are_an_enum(read: Read) -> None:
    prepared = read(
        {"Code": {"type": "integer", "oneOf": [{"title": "one", "const": 1}, {"title": "two", "const": 2}]}}
    )
    assert prepared.document["components"]["schemas"] == {"Code": {"type": "integer", "enum": [1, 2]}}


def test_what_is_combined_is_one_object(read: Read) -> None:
    prepared = read(
        {
            "Named": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
            "Thing": {
                "allOf": [
                    {"$ref": "#/components/schemas/Named"},
                    {"properties": {"name": {"enum": ["a", "b"]}, "size": {"type": "number"}}},
                    {"properties": {"size": {"type": "integer"}}, "required": ["size"]},
                ]
            },
        }
    )
    thing = prepared.document["components"]["schemas"]["Thing"]
    assert thing["properties"] == {"name": {"$ref": "#/components/schemas/ThingName"}, "size": {"type": "integer"}}
    assert thing["required"] == ["name", "size"]


def test_what_stands_around_alternatives_is_part_of_each(read: Read) -> None:
    prepared = read(
        {
            "Thing": {
                "type": "object",
                "properties": {"name": {"type": "string"}},
                "oneOf": [
                    {"title": "Square", "properties": {"side": {"type": "integer"}}},
                    {"title": "Circle", "properties": {"radius": {"type": "integer"}}},
                ],
            }
        }
    )
    schemas = prepared.document["components"]["schemas"]
    assert {name: set(schema["properties"]) for name, schema in schemas.items()} == {
        "ThingSquare": {"name", "side"},
        "ThingCircle": {"name", "radius"},
    }


@pytest.mark.parametrize("pair", [("pet", "Pet"), ("A-b", "AB"), ("Response", "ResponseModel"), ("x" * 200, "x" * 201)])
def test_names_that_would_be_one_are_told_apart(read: Read, pair: tuple[str, str]) -> None:
    schemas = {name: {"type": "object", "properties": {name: {"type": "string"}}} for name in pair}
    prepared = read(schemas)
    assert len(prepared.document["components"]["schemas"]) == 2


def test_what_consists_of_itself_is_any_value_and_told(read: Read) -> None:
    prepared = read({"Tree": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}})
    assert [(loss.kind, loss.pointer) for loss in prepared.losses] == [("schema", "/components/schemas/Tree")]


def test_what_excludes_itself_is_any_value_and_told(read: Read) -> None:
    prepared = read(
        {"Thing": {"type": "object", "properties": {"x": {"allOf": [{"type": "string"}, {"type": "null"}]}}}}
    )
    assert prepared.document["components"]["schemas"]["Thing"]["properties"] == {"x": {}}
    assert [loss.pointer for loss in prepared.losses] == ["/components/schemas/Thing/properties/x"]


def test_files_are_for_forms_alone(read: Read) -> None:
    schema = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
    content = {"multipart/form-data": {"schema": {"$ref": "#/components/schemas/Upload"}}}
    answer = {"200": {"description": "", "content": {"application/json": {"schema": schema}}}}
    prepared = read({"Upload": schema}, requestBody={"content": content}, responses=answer)
    schemas = prepared.document["components"]["schemas"]
    assert schemas["Upload"]["properties"]["file"] == {"type": "string", "format": "binary"}
    assert schemas["DoThingResponse200"]["properties"]["file"] == {"type": "string"}
