"""Equality of JSON values, and which objects of a document hold keywords."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.spec.equality import equal

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("left", "right"),
    [(1, 1.0), (0, -0.0), ([1, {"a": 2}], [1.0, {"a": 2}]), ({"a": 1, "b": 2}, {"b": 2, "a": 1}), (True, True)],
)
def test_these_are_equal(left: Any, right: Any) -> None:
    assert equal(left, right)
    assert equal(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [(1, True), (0, False), ("1", 1), (None, False), (None, 0), ([], {}), ([1, 2], [2, 1]), ([1], [1, 1]),
     ({"a": 1}, {"a": True}), ({"a": None}, {}), ([True], [1])],
)  # fmt: skip
def test_these_are_not_equal(left: Any, right: Any) -> None:
    assert not equal(left, right)
    assert not equal(right, left)


@given(value=VALUES)
def test_a_value_equals_its_copy(value: Any) -> None:
    assert equal(value, copy.deepcopy(value))
    assert not equal(value, [value])
