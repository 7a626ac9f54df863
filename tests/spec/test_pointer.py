"""JSON Pointers as RFC 6901 has them, and with wildcards."""

from __future__ import annotations

import copy
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.spec import pointer as json_pointer

# RFC 6901, section 5.
DOCUMENT: Final[dict[str, Any]] = {
    "foo": ["bar", "baz"],
    "": 0,
    "a/b": 1,
    "c%d": 2,
    "e^f": 3,
    "g|h": 4,
    "i\\j": 5,
    'k"l': 6,
    " ": 7,
    "m~n": 8,
}
EXAMPLES: Final[list[tuple[str, str, Any]]] = [
    ("", "", DOCUMENT),
    ("/foo", "#/foo", ["bar", "baz"]),
    ("/foo/0", "#/foo/0", "bar"),
    ("/", "#/", 0),
    ("/a~1b", "#/a~1b", 1),
    ("/c%d", "#/c%25d", 2),
    ("/e^f", "#/e%5Ef", 3),
    ("/g|h", "#/g%7Ch", 4),
    ("/i\\j", "#/i%5Cj", 5),
    ('/k"l', "#/k%22l", 6),
    ("/ ", "#/%20", 7),
    ("/m~0n", "#/m~0n", 8),
]
TOKENS: Final = st.lists(st.text(), max_size=5)


@pytest.mark.parametrize(("pointer", "fragment", "value"), EXAMPLES)
def test_an_example_of_the_rfc(pointer: str, fragment: str, value: Any) -> None:
    assert json_pointer.get(DOCUMENT, pointer) == value
    assert json_pointer.from_fragment(fragment) == pointer
    assert json_pointer.join(*json_pointer.split(pointer)) == pointer


@pytest.mark.parametrize(
    "pointer",
    ["foo", "#/foo", "/bar", "/foo/2", "/foo/-", "/foo/00", "/foo/-1", "/foo/²", "/foo/bar", "/a~1b/c", "/foo/0/0"],
)
def test_what_leads_nowhere_is_a_lookup_error(pointer: str) -> None:
    with pytest.raises(LookupError):
        json_pointer.get(DOCUMENT, pointer)


@given(tokens=TOKENS)
def test_any_tokens_survive_a_round_trip(tokens: list[str]) -> None:
    assert json_pointer.split(json_pointer.join(*tokens)) == tokens


@given(tokens=TOKENS)
def test_what_is_put_is_got(tokens: list[str]) -> None:
    pointer = json_pointer.join("x", *tokens)
    value: dict[str, Any] = {}
    json_pointer.put(value, pointer, "new")

    assert json_pointer.get(value, pointer) == "new"


def test_put_writes_into_arrays_and_appends() -> None:
    value: dict[str, Any] = {"list": [1, {"a": 2}]}
    json_pointer.put(value, "/list/0", 0)
    json_pointer.put(value, "/list/1/a", 3)
    json_pointer.put(value, "/list/-", 4)

    assert value == {"list": [0, {"a": 3}, 4]}


@pytest.mark.parametrize(
    ("pointer", "found"),
    [
        ("/orders/*/id", [("/orders/0/id", 1), ("/orders/1/id", 2)]),
        ("/orders/1", [("/orders/1", {"id": 2, "tags": ["x"]})]),
        ("/orders/*/tags/*", [("/orders/1/tags/0", "x")]),
        ("/map/*", [("/map/a~1b", 1)]),
        ("/orders/9", []),
        ("/none/*", []),
        ("/map/a~1b/*", []),
    ],
)
def test_a_wildcard_finds_every_element(pointer: str, found: list[tuple[str, Any]]) -> None:
    value = {"orders": [{"id": 1}, {"id": 2, "tags": ["x"]}], "map": {"a/b": 1}}

    assert list(json_pointer.find(value, pointer)) == found


@given(tokens=st.lists(st.text().filter(lambda token: token != "*"), max_size=4))
def test_without_wildcards_find_agrees_with_get(tokens: list[str]) -> None:
    pointer = json_pointer.join(*tokens)
    found = [value for _, value in json_pointer.find(DOCUMENT, pointer)]
    try:
        expected = [json_pointer.get(DOCUMENT, pointer)]
    except LookupError:
        expected = []
    assert found == expected


@pytest.mark.parametrize(
    ("value", "pointer", "expected"),
    [
        ({"a": 1}, "/a", {"a": 2}),
        ({}, "/a/b", {"a": {"b": 2}}),
        ({"a": [{"b": 1}, {"c": 1}]}, "/a/0/b", {"a": [{"b": 2}, {"c": 1}]}),
        ({"a": [1]}, "/a/-", {"a": [1, 2]}),
        ({"a": None}, "/a/b", {"a": {"b": 2}}),
    ],
)
def test_a_value_is_replaced_in_a_copy(value: Any, pointer: str, expected: Any) -> None:
    before = copy.deepcopy(value)
    assert json_pointer.replaced(value, pointer, 2) == expected
    assert value == before
