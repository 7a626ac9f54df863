"""Models of single values, arrays and alternatives agree with their schemas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.generate.modelling.making import made, reference

START = "/components/schemas/Held/properties/it"


def _held(schema: dict[str, Any]) -> dict[str, Any]:
    return {"Held": {"type": "object", "required": ["it"], "properties": {"it": schema}}}


# A schema, values that it accepts, and values that it refuses.
# fmt: off
# ruff: noqa: E501 - a line for each
AGREED: dict[str, tuple[dict[str, Any], list[Any], list[Any]]] = {
    "a text of several types": ({"type": ["string", "integer", "null"], "maxLength": 2, "minimum": 1}, ["ab", 3, None], ["abc", 0]),
    "a limit for integers between two": ({"type": "integer", "minimum": 0.5, "exclusiveMaximum": 2.5}, [1, 2], [0, 3]),
    "an integer beyond 64 bits": ({"type": "integer", "minimum": 2**70}, [2**70, 2**80], [5]),
    "no integer between the limits": ({"type": "integer", "minimum": 5, "maximum": 3}, [], [4]),
    "a pattern that looks ahead": ({"type": "string", "pattern": r"^(?!x)\d"}, ["1x"], ["x1"]),
    "a pattern anywhere in the text": ({"type": "string", "pattern": "b|(?=q)c"}, ["ab"], ["a"]),
    "a pattern of a named group": ({"type": "string", "pattern": r"^(?<first>a)(?!b)\/$"}, ["a/"], ["a"]),
    "a pattern of letters of all scripts": ({"type": "string", "pattern": r"^\p{Lu}$"}, ["Ä"], ["ä"]),
    "an enum of several types": ({"enum": ["a", 1, None, True]}, ["a", 1, None, True], ["b", 2, False]),
    "an enum of another type": ({"type": "integer", "enum": ["1", 2, 3.0]}, [2, 3], ["1"]),
    "enums that hold together": ({"allOf": [{"enum": ["a", "b"]}, {"enum": ["b", "c"]}]}, ["b"], ["a", "c"]),
    "constants": ({"oneOf": [{"const": "a", "title": "A"}, {"const": "b"}], "type": "string"}, ["a", "b"], ["c"]),
    "constants and null": ({"oneOf": [{"const": 1}, {"const": 2}, {"type": "null"}]}, [1, 2, None], [3, "1"]),
    "an enum among alternatives": ({"enum": [1], "oneOf": [{"const": 1}, {"const": 2}]}, [1], [2]),
    "limits from several places": ({"allOf": [{"type": "string", "maxLength": 3}, {"maxLength": 2}]}, ["ab"], ["abc"]),
    "a time with a length": ({"type": "string", "format": "date-time", "maxLength": 30}, ["2026-11-21T10:00:00Z"], ["soon"]),
    "a time or a date": ({"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]},
                         ["2026-11-21", "2026-11-21T10:00:00.100Z"], ["soon"]),
    "binary text": ({"type": ["string", "null"], "contentEncoding": "base64"}, ["aGk=", None], [1]),
    "other formats": ({"anyOf": [{"type": "string", "format": "ipv4"}, {"type": "array", "items": {"format": "uri", "type": "string"}}]},
                      ["127.0.0.1", ["https://example.com"]], [1]),
    "an empty array": ({"type": "array", "items": {"not": {}}}, [[]], [[1]]),
    "an array of arrays": ({"type": "array", "items": {"type": "array", "items": {"type": "integer"}, "minItems": 1}}, [[[1]]], [[[]]]),
    "an alternative that is excluded": ({"type": "string", "anyOf": [{"type": "integer"}, {"minLength": 2}]}, ["ab"], ["a", 1]),
    "null alone": ({"type": "null"}, [None], [1]),
    "anything": ({"description": "Anything."}, [1, None, {"a": []}], []),
}
# fmt: on


@pytest.mark.parametrize("case", AGREED)
def test_models_agree_with(tmp_path: Path, case: str) -> None:
    schema, accepted, refused = AGREED[case]
    found = made(tmp_path, _held(schema))
    assert found.losses == {}
    assert all(found.takes("Held", {"it": value}) for value in accepted)
    assert not any(found.takes("Held", {"it": value}) for value in refused)


# A schema, a value that its model accepts although the schema does not, and what is told.
# fmt: off
WIDENED: dict[str, tuple[dict[str, Any], Any, str]] = {
    "a pattern that no engine knows": ({"type": "string", "pattern": r"(?!x)\p{L}"}, "1", "`pattern` is not checked"),
    "a pattern of a date": ({"type": "string", "format": "date", "pattern": "^2"}, "1999-01-01", "`pattern` is not checked"),
    "a part of a number": ({"type": "number", "multipleOf": 0.01}, 0.001, "`multipleOf` is not checked"),
    "an enum of objects": ({"enum": [{"a": 1}, "b"]}, 3, "an enum holds values of type object: any such value is taken"),
    "an enum of fractions": ({"enum": [1, 1.5]}, 2.5, "an enum holds values of type number: any such value is taken"),
    "no value of the type": ({"type": "string", "enum": [1]}, "x", "its type excludes all of its values: any value of the type is taken"),
    "what excludes each other": ({"allOf": [{"type": "string"}, {"type": "integer"}]}, 1,
                                 "it allows no value, or what it combines excludes each other: taken for any value"),
    "a limit of no type": ({"maxLength": 3}, "abcd", "it names no type: taken for any value"),
    "conditions": ({"type": "string", "not": {"const": "a"}}, "a", "`not` is not checked"),
    "an array of unlike elements": ({"type": "array", "prefixItems": [{"type": "string"}], "items": {"type": "integer"}}, [1, "a"],
                                    "the elements of an array may come in any order"),
}
# fmt: on


@pytest.mark.parametrize("case", WIDENED)
def test_models_accept_more_than(tmp_path: Path, case: str) -> None:
    schema, value, reason = WIDENED[case]
    found = made(tmp_path, _held(schema))
    assert set(found.losses.values()) == {reason}
    assert all(pointer.startswith(START) for pointer in found.losses)
    found.model("Held").model_validate({"it": value})


def test_a_schema_of_itself_alone_is_anything(tmp_path: Path) -> None:
    json = {"anyOf": [{"type": "string"}, {"type": "array", "items": reference("Json")}]}
    found = made(tmp_path, {"Json": json, **_held(reference("Json"))})
    assert found.takes("Held", {"it": ["a", ["b"]]})
    assert found.losses == {
        "/components/schemas/Json": "it consists of itself, without an object in between: taken for any value"
    }


@pytest.mark.parametrize("nullable", [False, True])
def test_classes_are_told_apart_by_a_member_of_all(tmp_path: Path, nullable: bool) -> None:
    def pet(*kinds: str) -> dict[str, Any]:
        members = {"kind": {"type": "string", "enum": [*kinds]}, "size": {"type": "integer"}}
        return {"type": "object", "required": ["kind"], "properties": members}

    # The document may name a member that does not tell them apart, or nothing.
    schemas = {
        "Cat": pet("cat", "lion"),
        "Dog": pet("dog"),
        "Pet": {
            "oneOf": [reference("Cat"), reference("Dog"), *([{"type": "null"}] if nullable else [])],
            "discriminator": {"propertyName": "size"},
        },
        "Shop": {
            "type": "object",
            "properties": {"pet": reference("Pet"), "pets": {"type": "array", "items": reference("Pet")}},
        },
    }
    found = made(tmp_path, schemas)
    assert found.takes("Shop", {"pet": {"kind": "lion"}, "pets": [{"kind": "dog", "size": 1}]})
    assert type(found.module.Shop.model_validate({"pet": {"kind": "lion"}}).pet) is found.module.Cat
    assert not found.takes("Shop", {"pet": {"kind": "cow"}})
    assert found.takes("Shop", {"pet": None}) is nullable


@pytest.mark.parametrize("tags", [("a", "a"), ("a", "")])
def test_alternatives_may_look_alike(tmp_path: Path, tags: tuple[str, str]) -> None:
    """A discriminator does not refuse values; one that tells nothing apart must not either."""
    schemas = {
        name: {"type": "object", "required": ["kind", need], "properties": {"kind": {"enum": [tag]} if tag else {}}}
        for name, need, tag in (("One", "one", tags[0]), ("Two", "two", tags[1]))
    }
    union = {"anyOf": [reference("One"), reference("Two")], "discriminator": {"propertyName": "kind"}}
    found = made(tmp_path, {**schemas, **_held(union)})
    assert found.takes("Held", {"it": {"kind": "a", "two": 2}})
    assert not found.takes("Held", {"it": {"kind": "a"}})


def test_defaults_that_fit_are_kept(tmp_path: Path) -> None:
    members = {
        "fits": {"type": ["integer", "null"], "default": 3},
        "chosen": {"enum": ["a", "b"], "default": "b"},
        "mistyped": {"type": "boolean", "default": "false"},
        "excluded": {"enum": ["a"], "default": "b"},
        "object": {"type": "object", "default": {"a": 1}},
        "list": {"type": "array", "items": {"type": "string"}, "default": ["a"]},
        "time": {"type": "string", "format": "date", "default": "2026-11-21"},
    }
    found = made(tmp_path, {"Held": {"type": "object", "properties": members}})
    empty = found.model("Held").model_validate({}).model_dump(by_alias=True)
    assert empty == {**dict.fromkeys(members), "fits": 3, "chosen": "b"}
    assert found.takes("Held", {"fits": None})
