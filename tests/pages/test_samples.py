from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.pages.samples import samples

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
objects = st.dictionaries(st.text(max_size=5), json_values, max_size=3)
bodies = objects | st.lists(objects, min_size=1, max_size=2)


def read(text: str) -> list[tuple[Any, str | None]]:
    return [(sample.value, sample.fault) for sample in samples(text)]


@given(st.lists(bodies, min_size=1, max_size=3))
def test_samples_that_were_run_together_are_told_apart(values: list[Any]) -> None:
    assert read("Answer " + "".join(json.dumps(value) for value in values)) == [(value, None) for value in values]


@given(bodies, st.data())
def test_a_sample_that_was_cut_off_is_read_as_far_as_it_goes(value: Any, data: st.DataObject) -> None:
    text = json.dumps(value)
    found = list(samples(text[: data.draw(st.integers(0, len(text) - 1))]))
    assert all(sample.fault is not None for sample in found)
    assert [sample for sample in found if not isinstance(sample.value, type(value))] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1, "b": {"c": "d', {"a": 1, "b": {"c": "d"}}),
        ('{"a": [1, 2', {"a": [1, 2]}),
        ('{"a": 1,\n"b": 2\nResponses\n200 OK\n"c": 3', {"a": 1, "b": 2}),
        ('{"a": "b\nSend this: curl /a', {"a": "b"}),
        ('{"a": [1,\nNext page', {"a": [1]}),
    ],
)
def test_what_is_left_of_a_cut_sample_is_kept(text: str, value: Any) -> None:
    assert [each for each, _ in read(text)] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1,}', {"a": 1}),
        ('{"a": 1 "b": 2}', {"a": 1, "b": 2}),
        ('{"a": 1, // first\n"b": 2}', {"a": 1, "b": 2}),
        ('{"a": [{"b": 1}, ...]}', {"a": [{"b": 1}]}),
        ('{"a": <number>}', {"a": "<number>"}),
        ('{"a": [1, 2}', {"a": [1, 2]}),
        ('{"a": a number of boxes, "b": 1}', {"a": "a number of boxes", "b": 1}),
        ('{"b": "c,\n"d": 2, e: 3}', {"b": "c,", "d": 2, "e": 3}),
        ('{"a": , "b": 1}', {"a": None, "b": 1}),
    ],
)
def test_a_broken_sample_is_read_and_said_to_be_broken(text: str, value: Any) -> None:
    assert read(text) == [(value, "broken")]


def test_a_placeholder_in_a_string_breaks_nothing() -> None:
    assert read('{"<location>": {"<field>": ["string"]}}') == [({"<location>": {"<field>": ["string"]}}, None)]


@pytest.mark.parametrize(
    "text", ["/boxes/{id}", "boxes[0].lid", "a [note] and {so on}", "array [object {13}]", "{", "["]
)
def test_brackets_in_prose_are_no_sample(text: str) -> None:
    assert read(text) == []


def test_nesting_is_read_to_a_bound() -> None:
    (found,) = samples('{"a":' * 100_000)
    assert found.fault is not None
