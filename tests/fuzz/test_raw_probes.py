"""What is sent as malformed JSON is none, whatever kind of value the body is."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import from_json

from specloom.fuzz.probes.raw import malformations
from specloom.fuzz.writing import as_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(VALUES)
def test_no_parser_takes_it(value: Any) -> None:
    taken = []
    for text, content in malformations(as_json(value)):
        with suppress(ValueError):
            taken.append((text, from_json(content, allow_inf_nan=False)))
    assert taken == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": 1}, "a comma after the last member"),
        ([1], "a comma before the first member"),
        ("abc", "a body without its first byte"),
        (12, "a bracket after the body"),
        ({}, "UTF-16"),
        ({}, "NaN"),
    ],
)
def test_what_spoils_a_value_is_sent(value: Any, text: str) -> None:
    assert text in dict(malformations(as_json(value)))


@pytest.mark.parametrize(
    ("value", "text"),
    [("abc", "a comma after the last member"), (12, "a body without its first byte"), (1, "two bodies")],
)
def test_what_does_not_spoil_it_is_not(value: Any, text: str) -> None:
    assert text not in dict(malformations(as_json(value)))
