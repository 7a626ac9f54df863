"""Whatever JSON can hold is written as JSON without blanks."""

from __future__ import annotations

import json
import tracemalloc
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


def test_what_is_written_takes_little_more_than_its_length() -> None:
    tracemalloc.start()
    try:
        kept = [json_bytes({"id": number}) for number in range(1000)]
        assert tracemalloc.get_traced_memory()[0] < 200 * len(kept)
    finally:
        tracemalloc.stop()
