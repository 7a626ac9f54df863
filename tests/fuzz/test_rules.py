"""Every rule that a spec states is enumerated once, with no hand work."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.fuzz.rules import Rule, rules
from specloom.spec import Api, Document
from specloom.spec import pointer as json_pointer
from specloom.spec.loading import read_api
from specloom.spec.reading import parse

KEYWORDS: dict[str, Any] = {
    "type": "string",
    "enum": ["a", "b"],
    "const": "a",
    "pattern": "^[a-z]$",
    "minLength": 1,
    "maxLength": 9,
    "format": "date",
    "minimum": 1,
    "maximum": 9,
    "exclusiveMinimum": 0,
    "exclusiveMaximum": 10,
    "multipleOf": 2,
    "minItems": 1,
    "maxItems": 9,
    "uniqueItems": True,
    "minProperties": 1,
    "maxProperties": 9,
    "additionalProperties": False,
    "not": {"const": "z"},
}
ANNOTATIONS = {"description": "Words.", "title": "A title", "examples": ["a"], "default": "a", "deprecated": False}


def _api(schema: Any, components: dict[str, Any] | None = None) -> Api:
    """Return an API with one operation whose body has `schema`."""
    content = {"application/json": {"schema": schema}}
    operation = {"requestBody": {"content": content}, "responses": {"204": {"description": "Done."}}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Made up", "version": "1.0.0"},
        "paths": {"/things": {"post": operation}},
        "components": {"schemas": components or {}},
    }
    return read_api(parse(json.dumps(document), Path("made-up/openapi.yaml")), "made-up")


def _of_body(api: Api) -> list[Rule]:
    return [rule for rule in rules(api) if rule.area == "body" and rule.kind != "body.media-type"]


@given(st.lists(st.sampled_from(list(KEYWORDS)), unique=True), st.lists(st.sampled_from(list(ANNOTATIONS))))
def test_every_keyword_is_a_rule_once_and_no_annotation_is_one(chosen: list[str], annotations: list[str]) -> None:
    schema = {name: KEYWORDS[name] for name in chosen} | {name: ANNOTATIONS[name] for name in annotations}
    nested = {"properties": {"a": {"$ref": "#/components/schemas/Inner"}, "b": {"items": schema}}}
    found = _of_body(_api(nested, {"Inner": schema}))
    assert sorted(rule.aspect for rule in found) == sorted(2 * chosen)
    assert len({rule.id for rule in found}) == len(found)


def test_each_required_member_is_a_rule() -> None:
    found = _of_body(_api({"required": ["a", "b"], "dependentRequired": {"a": ["c"], "b": ["d"]}}))
    assert [rule.pointer.rpartition("/schema")[2] for rule in found] == [
        "/required/0",
        "/required/1",
        "/dependentRequired/a",
        "/dependentRequired/b",
    ]


def test_a_component_states_its_rules_at_each_place_that_uses_it() -> None:
    components = {
        "Tag": {"type": "string", "pattern": "^[a-z]$"},
        "One": {"properties": {"tag": {"$ref": "#/components/schemas/Tag"}, "kind": {"const": "one"}}},
        "Two": {"properties": {"tag": {"$ref": "#/components/schemas/Tag"}, "kind": {"const": "two"}}},
    }
    union = {
        "oneOf": [{"$ref": "#/components/schemas/One"}, {"$ref": "#/components/schemas/Two"}],
        "discriminator": {"propertyName": "kind"},
    }
    found = _of_body(_api({"items": union}, components))
    patterns = [rule for rule in found if rule.aspect == "pattern"]
    assert [rule.pointer for rule in patterns] == ["/components/schemas/Tag/pattern"] * 2
    assert [rule.at.rpartition("/schema/")[2] for rule in patterns] == [
        f"items/oneOf/{index}/properties/tag/pattern" for index in (0, 1)
    ]
    assert sorted(rule.aspect for rule in found) == ["const"] * 2 + ["oneOf"] + ["pattern"] * 2 + ["type"] * 2


def test_a_schema_that_contains_itself_ends() -> None:
    tree = {"type": "object", "properties": {"children": {"items": {"$ref": "#/components/schemas/Tree"}}}}
    assert [rule.aspect for rule in _of_body(_api({"$ref": "#/components/schemas/Tree"}, {"Tree": tree}))] == ["type"]


@pytest.mark.parametrize(
    ("name", "edit", "kind"),
    [
        ("ppl", lambda operation: operation["x-ensures"].append('$response.body#/a == "b"'), "ensure.success"),
        ("ppl", lambda operation: operation["x-transition"]["set"].update({"/state": "x"}), "transition.set"),
        ("ppl", lambda operation: operation["x-transition"]["from"].append("collected"), "transition.from"),
        (
            "fuuffy",
            lambda operation: operation.update({"x-constraints": [_distinct("$request.body#/order_id")]}),
            "constraint.distinct",
        ),
    ],
)
def test_the_rules_grow_with_the_spec(apis: list[Api], name: str, edit: Any, kind: str) -> None:
    api = next(each for each in apis if each.name == name)
    data = copy.deepcopy(api.document.data)
    edit(json_pointer.get(data, api.operations[0].pointer))
    grown = read_api(Document(api.document.path, data, api.document.source), name)
    assert _count(grown, kind) == _count(api, kind) + 1


def test_every_rule_has_a_name_of_its_own_and_stands_in_the_spec(apis: list[Api]) -> None:
    for api in apis:
        found = rules(api)
        assert len({rule.id for rule in found}) == len(found) > 50
        labels = {operation.label for operation in api.operations} | {""}
        for rule in found:
            assert rule.operation in labels
            assert rule.text
            json_pointer.get(api.document.data, rule.pointer)


def _distinct(values: str) -> dict[str, Any]:
    return {"distinct": values, "fault": {"message": "Twice."}}


def _count(api: Api, kind: str) -> int:
    return sum(rule.kind == kind for rule in rules(api))
