from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.pages import Step, read_path, write_path

steps = st.lists(st.text() | st.sampled_from(Step)).map(tuple)


@given(steps)
def test_a_path_reads_back(path: tuple[str | Step, ...]) -> None:
    assert read_path(write_path(path)) == path


def test_a_path_is_written_as_people_write_it() -> None:
    path = write_path(["data", "orders", Step.ITEMS, Step.ANY, "it's 1"])
    assert path == '$.data.orders[].*["it\'s 1"]'


@pytest.mark.parametrize("text", ["", "data", "$data", "$.", "$[0]", '$["a]', "$.a b"])
def test_other_text_is_no_path(text: str) -> None:
    with pytest.raises(ValueError, match="no path"):
        read_path(text)
