"""Schemas are told in words, member by member, whatever they are made of."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.release.catalogue.anchors import anchor
from specloom.release.catalogue.schemas import limits_of, members, type_of, values_of

THING = {"$ref": "#/components/schemas/Thing"}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, "string"),
        ({"type": "string", "format": "date"}, "string (date)"),
        ({"type": ["string", "null"], "format": "date"}, "string (date) or null"),
        (THING, "Thing"),
        ({"$ref": "#/components/schemas/A~1b%20c"}, "A/b c"),
        ({"$ref": "#/components/schemas/Thing/properties/a"}, "#/components/schemas/Thing/properties/a"),
        ({"anyOf": [THING, {"type": "null"}]}, "Thing or null"),
        ({"oneOf": [{"type": "string"}, {"type": "string"}]}, "string"),
        ({"allOf": [THING, {"properties": {}}]}, "Thing and object"),
        ({"type": "array", "items": THING}, "array of Thing"),
        ({"items": {"anyOf": [THING, {"type": "string"}]}}, "array of (Thing or string)"),
        ({"type": "array"}, "array"),
        ({"enum": ["a"]}, "any value"),
        ({}, "any value"),
        (True, "any value"),
        (False, "no value"),
    ],
    ids=str,
)
def test_a_type_is_told_in_words(schema: Any, expected: str) -> None:
    assert "".join(word.text for word in type_of(schema)) == expected


def test_only_components_are_linked() -> None:
    words = type_of({"anyOf": [THING, {"$ref": "#/components/schemas/Thing/items"}]})
    assert [word.schema for word in words] == ["Thing", "", ""]


def test_values_and_limits_are_told() -> None:
    schema = {"enum": ["a", 1, None], "minLength": 2, "pattern": "^a$", "default": {"a": "ü"}, "deprecated": True}
    assert values_of(schema) == ('"a"', "1", "null")
    assert values_of({"const": False}) == ("false",)
    assert limits_of(schema) == ("at least 2 characters", "pattern ^a$", 'default {"a": "ü"}', "deprecated")
    assert values_of(schema=True) == limits_of(schema=True) == ()


def test_members_are_listed_with_their_path() -> None:
    schema = {
        "required": ["list"],
        "properties": {
            "list": {"type": "array", "items": {"required": ["b"], "properties": {"a": THING, "b": True}}},
            "map": {"additionalProperties": {"properties": {"c": {}}}},
            "~additionalProperties": {"properties": {"x": {}}},
        },
        "oneOf": [{"properties": {"d": {"const": 1}}}, {"properties": {"d": {"const": 2}}}],
        "not": {"properties": {"e": {}}},
        "if": {"properties": {"f": {}}},
        "then": {"properties": {"g": {}}},
        "prefixItems": [{"properties": {"h": {}}}],
        "additionalProperties": {"properties": {"x": {}}},
    }
    found = list(members(schema))
    assert [(each.path, each.required) for each in found] == [
        ("list", True),
        ("list[].a", False),
        ("list[].b", True),
        ("map", False),
        ("map.*.c", False),
        ("~additionalProperties", False),
        ("~additionalProperties.x", False),
        ("d", False),
        ("d", False),
        ("g", False),
        ("[].h", False),
        ("*.x", False),
    ]
    assert len({anchor(*each.tokens) for each in found}) == len(found)


def test_no_reference_is_followed() -> None:
    assert [each.path for each in members({"properties": {"a": THING, "b": {"items": THING}}})] == ["a", "b"]
    assert list(members(THING)) == []


NAMES = st.lists(st.text(st.sampled_from("ab-.~ 1/ü") | st.characters(), max_size=4), min_size=1, max_size=3)


@given(NAMES, NAMES)
def test_different_places_have_different_ids(one: list[str], other: list[str]) -> None:
    assert (anchor(*one) == anchor(*other)) == (one == other)


@given(NAMES)
def test_an_id_needs_no_escape(parts: list[str]) -> None:
    assert set(anchor(*parts)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")
