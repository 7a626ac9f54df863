"""The strict parser reads what JSON is, and nothing else."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.sandbox.strict_json import MAX_DEPTH, parse

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=20,
)


@given(VALUES, st.booleans())
def test_a_json_value_is_read_as_it_was_written(value: Any, ascii_only: bool) -> None:
    assert parse(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@given(st.binary())
def test_any_bytes_give_a_value_or_a_message(body: bytes) -> None:
    with contextlib.suppress(ValueError):
        assert parse(body) == json.loads(body)


@pytest.mark.parametrize(("levels", "fits"), [(MAX_DEPTH, True), (MAX_DEPTH + 1, False)])
def test_the_depth_is_limited(levels: int, fits: bool) -> None:
    body = b"[" * levels + b"]" * levels
    if fits:
        parse(body)
    else:
        with pytest.raises(ValueError, match="levels"):
            parse(body)
