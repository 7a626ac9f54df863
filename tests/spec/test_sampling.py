"""Values made of a schema satisfy it, and are the same ones for the same seed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from specloom.spec import Schemas
from specloom.spec.reading import parse
from specloom.spec.sampling import NoValueError, Sampler
from specloom.spec.sampling.making import Purpose

TREE = {"type": "object", "required": ["left"], "properties": {"left": {"anyOf": [{"$ref": "#/s"}, {"type": "null"}]}}}


def _sampler(schema: Any, **more: Any) -> Sampler:
    document = parse(json.dumps({"s": schema, **more}), Path("schemas.yaml"))
    return Sampler(document, Schemas(document))


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"const": [1]},
        {"enum": ["a", None, 3]},
        {"type": ["string", "null"]},
        {"type": "integer", "minimum": 5, "exclusiveMaximum": 7},
        {"type": "integer", "maximum": -5},
        {"type": "integer", "minimum": 1, "maximum": 100, "multipleOf": 17},
        {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.03, "multipleOf": 0.01},
        {"type": "string", "minLength": 50},
        {"type": "string", "maxLength": 2},
        {"pattern": "^[A-Z]{2}-(foo|bar)[^a-z]?[0-9]+$"},
        {"pattern": r"^(?:\d{3}|\w\s\w)$"},
        {"pattern": r"(a+)-\1"},
        {"type": "string", "pattern": "^[A-Z]+$", "minLength": 3, "maxLength": 5},
        *({"type": "string", "format": name} for name in (
            "date-time", "date", "time", "duration", "uuid", "email", "hostname", "ipv4", "ipv6", "uri",
            "uri-reference", "json-pointer", "regex",
        )),
        {"type": "array", "items": {"type": "integer"}, "minItems": 5},
        {"type": "array", "items": {"type": "boolean"}, "uniqueItems": True, "minItems": 2},
        {"prefixItems": [{"type": "string"}, {"type": "integer"}], "items": {"type": "null"}, "minItems": 3},
        {"type": "object", "minProperties": 3, "additionalProperties": {"type": "integer"}},
        {"required": ["a"], "not": {"required": ["b"]}, "properties": {"a": {}, "b": {}}},
        {"allOf": [{"required": ["a"]}, {"properties": {"a": {"type": "integer"}}}]},
        {"properties": {"a": {"type": "integer"}}, "allOf": [{"properties": {"a": {"minimum": 9}}}]},
        {"oneOf": [{"type": "integer", "minimum": 0}, {"type": "string", "maxLength": 3}]},
        {"properties": {"a": {"type": "integer"}}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
        TREE,
        {"allOf": [{"oneOf": [{"const": 1}, {"const": 17}]}, {"enum": [17]}]},
        {"allOf": [{"type": ["integer", "null"]}, {"type": "number"}], "minimum": 3},
        {"allOf": [{"minLength": 4}, {"minLength": 2, "maxLength": 5}]},
        {"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}, "unevaluatedProperties": False}]},
        {"properties": {"a": {}, "b": {"not": {}}, "c": {"items": {"not": {}}}}},
        {"type": "string", "pattern": r"^(?!a)[a-z]{2,}$", "minLength": 30},
        {"type": "string", "pattern": r"^\p{L}[\p{N}_]+(?<year>[0-9]{4})$"},
        {"type": "string", "format": "date-time", "pattern": "^[0-9-]{10}T[0-9:]{8}"},
        {"type": "string", "contentEncoding": "base64", "minLength": 4},
    ],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("examples", [False, True])
def test_a_value_satisfies_its_schema(schema: Any, examples: bool) -> None:
    sampler = _sampler(schema)
    validator = Schemas(parse(json.dumps({"s": schema}), Path("schemas.yaml"))).validator("/s")
    for seed in range(30):
        made = sampler.sample("/s", str(seed), examples=examples)
        assert validator.is_valid(made)
        assert json.dumps(made) == json.dumps(sampler.sample("/s", str(seed), examples=examples))


def test_seeds_give_different_values() -> None:
    sampler = _sampler({"type": "string", "format": "uuid"})
    assert len({sampler.sample("/s", str(seed)) for seed in range(50)}) == 50


@pytest.mark.parametrize(
    ("schema", "made"),
    [
        ({"type": "string", "example": "a"}, "a"),
        ({"type": "string", "examples": ["a", "b"]}, "a"),
        ({"type": "string", "default": "a"}, "a"),
        ({"type": "object", "properties": {"a": {"type": ["null", "integer"], "examples": [7]}}}, {"a": 7}),
    ],
)
def test_examples_in_a_schema_are_used(schema: Any, made: Any) -> None:
    assert _sampler(schema).sample("/s", "", examples=True) == made


def test_a_discriminator_names_the_alternative() -> None:
    cat = {"type": "object", "required": ["kind", "lives"], "properties": {"kind": {}, "lives": {"type": "integer"}}}
    schema = {"oneOf": [{"$ref": "#/cat"}], "discriminator": {"propertyName": "kind", "mapping": {"felis": "#/cat"}}}
    assert _sampler(schema, cat=cat).sample("/s", "")["kind"] == "felis"


def test_a_discriminator_that_contradicts_its_alternatives_is_ignored() -> None:
    kinds = {"enum": ["cat", "dog"]}
    schema = {"oneOf": [{"$ref": "#/cat"}], "discriminator": {"propertyName": "kind"}}
    cat = {"type": "object", "required": ["kind"], "properties": {"kind": {"$ref": "#/kinds"}}}
    assert _sampler(schema, cat=cat, kinds=kinds).sample("/s", "")["kind"] in {"cat", "dog"}


@pytest.mark.parametrize(("purpose", "made"), [("answer", {"id": 1}), ("request", {"pin": 2})])
def test_what_goes_the_other_way_alone_is_left_out(purpose: Purpose, made: Any) -> None:
    members = {"id": {"const": 1, "readOnly": True}, "pin": {"const": 2, "writeOnly": True}}
    document = parse(json.dumps({"s": {"type": "object", "properties": members}}), Path("schemas.yaml"))
    assert Sampler(document, Schemas(document), purpose).sample("/s", "", examples=True) == made


def test_an_example_that_breaks_its_schema_is_not_used() -> None:
    schema = {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer", "example": "one"}}}
    assert isinstance(_sampler(schema).sample("/s", "", examples=True)["a"], int)


def test_what_misses_a_schema_by_least_is_known() -> None:
    members = {"a": {"const": 1}, "b": {"not": {}}}
    schema = {"type": "object", "required": ["a", "b", "c"], "properties": members, "additionalProperties": False}
    with pytest.raises(NoValueError) as caught:
        _sampler(schema).sample("/s", "")
    assert caught.value.closest["a"] == 1


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "minimum": 2, "maximum": 1},
        {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/s"}}},
        {"allOf": [{"$ref": "#/s"}]},
        {"type": "string", "not": {}},
    ],
    ids=str,
)
def test_a_schema_that_nothing_satisfies_is_said_so(schema: Any) -> None:
    with pytest.raises(ValueError, match="give it an example"):
        _sampler(schema).sample("/s", "")
