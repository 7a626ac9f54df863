"""Whatever JSON can hold is written as JSON without blanks."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from specloom.sandbox.json_text import json_bytes

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda each: st.lists(each) | st.dictionaries(st.text(), each),
)


@given(VALUES)
def test_a_value_is_read_back(value: Any) -> None:
    assert json.loads(json_bytes(value)) == value


def test_integers_of_any_size_are_written() -> None:
    assert json_bytes({"id": 2**70}) == b'{"id":1180591620717411303424}'
