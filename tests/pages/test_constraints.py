from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.pages.constraints import constraints, looks_like_one, sentences


def said(sentence: str, *types: str) -> dict[str, Any]:
    return {each.attribute: each.value for each in constraints(sentence, types)}


@pytest.mark.parametrize(
    ("sentence", "type_", "expected"),
    [
        ("Digits only (0-9).", "string", {"pattern": "^[0-9]+$"}),
        ("Numeric string.", "string", {"pattern": "^[0-9]+$"}),
        ("Exactly 6 digits.", "string", {"pattern": "^[0-9]{6}$"}),
        ("Non-empty array.", "array", {"minItems": 1}),
        ("Must not be empty.", "string", {"minLength": 1}),
        ("Maximum 100 boxes per call.", "array", {"maxItems": 100}),
        ("Up to 1,000 characters.", "string", {"maxLength": 1000}),
        ("At least 2 characters", "string", {"minLength": 2}),
        ("Maximum 2.5", "number", {"maximum": 2.5}),
        ("Between 1 and 9.", "integer", {"minimum": 1, "maximum": 9}),
        (">= 0", "integer", {"minimum": 0}),
        ("> 0", "number", {"exclusiveMinimum": 0}),
        ("<= 20 characters", "string", {"maxLength": 20}),
        ("Required when kind is LARGE.", "string", {"condition": {"member": "kind", "equals": "LARGE"}}),
        ("The way out which can be top or side", "string", {"enum": ["top", "side"]}),
        ("One of: red, green or blue.", "string", {"enum": ["red", "green", "blue"]}),
        ("Possible values: [1, 2, 3]", "integer", {"enum": [1, 2, 3]}),
        ("Defaults to false.", "boolean", {"default": False}),
        ("Default: cs-CZ", "string", {"default": "cs-CZ"}),
        ("Pattern: ^[a-z]+$", "string", {"pattern": "^[a-z]+$"}),
        ("May be null.", "string", {"nullable": True}),
        ("Integer that counts boxes", "", {"type": "integer"}),
        ("Time in ISO 8601.", "string", {"format": "date-time"}),
        ("Optional.", "string", {"required": False}),
        ("Deprecated.", "string", {"deprecated": True}),
    ],
)
def test_words_are_read_as_keywords(sentence: str, type_: str, expected: dict[str, Any]) -> None:
    assert said(sentence, *filter(None, [type_])) == expected


@pytest.mark.parametrize("sentence", ["Takes boxes away.", "The number for moving the box.", "A box of 100 things."])
def test_prose_states_nothing(sentence: str) -> None:
    assert (said(sentence, "string"), looks_like_one(sentence)) == ({}, False)


def test_what_seems_to_state_something_is_told_from_prose() -> None:
    assert looks_like_one("The maximum depends on the plan.")


def test_sentences_are_told_apart_where_no_blank_is_between_them() -> None:
    assert sentences("Array of boxes.Non-empty array. Maximum 100 boxes.") == [
        "Array of boxes.", "Non-empty array.", "Maximum 100 boxes.",
    ]  # fmt: skip


@given(st.integers(0, 10**6), st.sampled_from(["integer", "string", "array"]))
def test_any_bound_is_read(bound: int, type_: str) -> None:
    keyword = {"integer": "maximum", "string": "maxLength", "array": "maxItems"}[type_]
    assert said(f"Maximum {bound}.", type_) == {keyword: bound}


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert all(each.attribute for sentence in sentences(text) for each in constraints(sentence))
