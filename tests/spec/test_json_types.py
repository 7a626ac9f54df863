"""Which types are left where several schemas hold together is what a validator of JSON Schema says."""

from __future__ import annotations

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.spec.json_types import TYPES, types_left

LISTED = st.sampled_from(TYPES) | st.lists(st.sampled_from(TYPES), min_size=1, unique=True)
VALUES: tuple[object, ...] = ({}, [], "", 1, 1.5, True, None)


@given(st.lists(LISTED, min_size=1, max_size=4))
def test_what_is_left_allows_what_all_allow(listed: list[str | list[str]]) -> None:
    found = types_left({"type": each} for each in listed)
    assert found is not None
    left = jsonschema_rs.Draft202012Validator({"type": list(found)} if found else {"not": {}})
    together = jsonschema_rs.Draft202012Validator({"allOf": [{"type": each} for each in listed]})
    assert [left.is_valid(value) for value in VALUES] == [together.is_valid(value) for value in VALUES]


@pytest.mark.parametrize("schemas", [[], [{}, {"minimum": 1}]], ids=["none", "without a type"])
def test_schemas_that_name_no_type_leave_all(schemas: list[dict[str, int]]) -> None:
    assert types_left(schemas) is None
