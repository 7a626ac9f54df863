"""Runtime expressions and templates."""

from __future__ import annotations

from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.spec.expression import ABSENT, expressions, parse, template

SCOPE: Final[dict[str, Any]] = {
    "request.path": {"id": "7"},
    "request.header": {"x-request-id": "abc"},
    "request.body": {"orders": [{"id": 1}, {"id": 2, "note": None}], "a/b": True},
    "record": {"state": "waiting", "weight": 1.5},
    "value": {"sku": "S-1"},
    "n": "0042",
    "fault": {"in": "body", "field": "orders[0].id", "message": "is wrong"},
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$request.path.id", "7"),
        ("$request.header.X-Request-ID", "abc"),
        ("$request.query.id", ABSENT),
        ("$request.body", SCOPE["request.body"]),
        ("$request.body#", SCOPE["request.body"]),
        ("$request.body#/orders/1/id", 2),
        ("$request.body#/orders/1/note", None),
        ("$request.body#/orders/0/note", ABSENT),
        ("$request.body#/a~1b", True),
        ("$request.body#/orders/*/id", 1),
        ("$response.body#/orders", ABSENT),
        ("$record#/weight", 1.5),
        ("$item#/id", ABSENT),
        ("$n", "0042"),
        ("$fault.field", "orders[0].id"),
    ],
)
def test_an_expression_gives_the_first_value_it_finds(text: str, value: Any) -> None:
    found = parse(text).first(SCOPE)

    assert found == value
    assert type(found) is type(value)


def test_wildcards_find_every_value_with_its_place() -> None:
    assert list(parse("$request.body#/orders/*/id").find(SCOPE)) == [("/orders/0/id", 1), ("/orders/1/id", 2)]


@pytest.mark.parametrize(
    "text",
    ["", "id", "$", "$request", "$request.body.id", "$request.body/id", "$request.path", "$request.path.",
     "$records#/id", "$request.cookie.id", "$N", "$ now", "$request.body#id", "$request.path.a b",
     "$response.path.id"],
)  # fmt: skip
def test_what_is_no_expression_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match="is no runtime expression"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("$request.path.id", "path"),
        ("$request.query.id", "query"),
        ("$request.header.id", "header"),
        ("$request.body#/id", "body"),
        ("$record#/id", "record"),
        ("$item#/id", "item"),
    ],
)
def test_an_expression_knows_where_its_value_comes_from(text: str, source: str) -> None:
    assert parse(text).source == source


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("plain", "plain"),
        (3, 3),
        (None, None),
        (True, True),
        ("$record#/weight", 1.5),
        ("weight {$record#/weight} kg", "weight 1.5 kg"),
        ("{$n}{$n}", "00420042"),
        ("{$item#/none}!", "!"),
        ("$$now", "$now"),
        ("{n}", "{n}"),
        ({"a": "$record#/state", "b": "$record#/none"}, {"a": "waiting"}),
        (["$record#/none", "$n", {"c": ["$n"]}], ["0042", {"c": ["0042"]}]),
        ({"note": "$request.body#/orders/1/note"}, {"note": None}),
        ("$record#/none", ABSENT),
    ],
)
def test_a_template_is_filled_in(source: Any, value: Any) -> None:
    assert template(source)(SCOPE) == value


def test_each_gives_an_element_for_every_record() -> None:
    scope = {"each": [{"record": {"id": 1}}, {"record": {}}, {"record": {"id": 3}}]}

    assert template({"ids": {"$each": {"id": "$record#/id"}}})(scope) == {"ids": [{"id": 1}, {}, {"id": 3}]}


def test_a_malformed_expression_in_a_template_is_found_before_it_is_used() -> None:
    for source in ("$nonsense", {"a": ["$nonsense"]}, "text {$nonsense}"):
        with pytest.raises(ValueError, match="nonsense"):
            template(source)
        with pytest.raises(ValueError, match="nonsense"):
            list(expressions(source))


def test_all_expressions_of_a_template_are_listed() -> None:
    source = {"a": "$n", "b": ["x {$record#/id} {$index}", "$$n", 3], "c": {"$each": "$item"}}

    assert [expression.text for expression in expressions(source)] == ["$n", "$record#/id", "$index", "$item"]


def test_absent_is_neither_null_nor_true() -> None:
    assert ABSENT is not None
    assert not ABSENT
    assert repr(ABSENT) == "ABSENT"


@given(text=st.text())
def test_any_text_is_a_template_or_a_value_error(text: str) -> None:
    try:
        filled = template(text)
    except ValueError:
        assert "$" in text
    else:
        assert filled({}) is ABSENT or isinstance(filled({}), str)


JSON_WITHOUT_DOLLAR: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text().filter(lambda text: "$" not in text),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
).filter(lambda value: "$each" not in repr(value))


@given(value=JSON_WITHOUT_DOLLAR)
def test_a_value_without_expressions_stands_for_itself(value: Any) -> None:
    assert template(value)({}) == value
