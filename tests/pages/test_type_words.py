from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.pages.type_words import Type, read_type


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("string", Type(("string",))),
        ("int64", Type(("integer",))),
        ("json-string", Type(("array", "object"))),
        ("string <date-time>", Type(("string",), format="date-time")),
        ("uuid", Type(("string",), format="uuid")),
        ("enum<integer>", Type(("integer",))),
        ("string or null", Type(("string",), is_nullable=True)),
        ("null | integer | string", Type(("integer", "string"), is_nullable=True)),
        ("null", Type(("null",))),
        ("array[string]", Type(("array",), items=Type(("string",)))),
        ("string[]", Type(("array",), items=Type(("string",)))),
        ("array of integers", Type(("array",), items=Type(("integer",)))),
        ("array [object {13}]", Type(("array",), items=Type(("object",), member_count=13))),
        ("array[array[number]]", Type(("array",), items=Type(("array",), items=Type(("number",))))),
    ],
)
def test_types_are_read_as_pages_write_them(text: str, expected: Type) -> None:
    assert read_type(text) == expected


@pytest.mark.parametrize("text", ["", "String of digits", "a string", "box", "string | box", "array[box]", "required"])
def test_other_words_are_no_types(text: str) -> None:
    assert read_type(text) is None


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    found = read_type(text)
    assert found is None or found.names
