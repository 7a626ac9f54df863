"""Reading files: YAML 1.2 and JSON become plain JSON values; anything else becomes an error with a place."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from specloom.spec import Document, SpecloomError, load, reading
from specloom.spec.plain import UnusualError
from specloom.spec.reading import parse

PATH = Path("openapi.yaml")
# What may stand unescaped in YAML 1.2 (section 5.1), below U+10000.
TEXT = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFFFD, exclude_categories=["Cc", "Cs"]))
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def failure(text: str) -> SpecloomError:
    """Return the error that `text` gives as the content of a file."""
    with pytest.raises(SpecloomError) as caught:
        parse(text, PATH)
    return caught.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("true", True),
        ("FALSE", False),
        ("null", None),
        ("~", None),
        ("''", ""),
        ("12:30:45", "12:30:45"),
        ("2023-10-26", "2023-10-26"),
        ("2023-10-26T01:28:22.016Z", "2023-10-26T01:28:22.016Z"),
        ("1_000", "1_000"),
        ("0o17", 15),
        ("0x1F", 31),
        ("017", 17),
        ("-3", -3),
        ("1.50", 1.5),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("'3'", "3"),
        ("1.0.0", "1.0.0"),
        ("!!str 3", "3"),
        ("=", "="),
    ],
)
def test_a_scalar_is_what_yaml_1_2_says(text: str, value: Any) -> None:
    found = parse(text, PATH).data

    assert found == value
    assert type(found) is type(value)


def test_a_key_is_always_a_string() -> None:
    assert parse("200: ok\nyes: 1\nnull: 2", PATH).data == {"200": "ok", "yes": 1, "null": 2}


def test_an_alias_stands_for_a_whole_value() -> None:
    assert parse("a: &x {n: [1]}\nb: *x\nc: {<<: *x}", PATH).data == {
        "a": {"n": [1]},
        "b": {"n": [1]},
        "c": {"<<": {"n": [1]}},
    }


@pytest.mark.parametrize(
    ("text", "line", "pointer", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "/a", "duplicate key 'a'"),
        ("x:\n  - a: 1\n    'a': 2\n", 3, "/x/0/a", "duplicate key 'a'"),
        ("200: a\n'200': b\n", 2, "/200", "duplicate key '200'"),
        ("a: 1\n? [b]\n: 2\n", 2, "", "a key must be a string"),
        ("a: &a\n  - *a\n", 1, "/a/0", "this alias contains itself"),
        ("a: .inf", 1, "/a", "is not a JSON number"),
        ("a: .nan", 1, "/a", "is not a JSON number"),
        ("a:\n  - 1e400", 2, "/a/0", "is not a JSON number"),
        ("a: " + "9" * 5000, 1, "/a", "is not a JSON number"),
        ("a: !!int b", 1, "/a", "is not a JSON number"),
        ("a: !!binary aGk=", 1, "/a", "is not allowed"),
        ("a: !Ref b", 1, "/a", "is not allowed"),
        ("a: !!set {b}", 1, "/a", "is not allowed"),
        ("a: b: c", 1, None, "not YAML"),
        ("a:\n\t- b", 2, None, "not YAML"),
        ("a: [1,\n2\n", 3, None, "not YAML"),
        ("a: *b", 1, None, "undefined alias"),
        ("a: 1\n---\nb: 2\n", 2, None, "another document"),
        ("a: \x00", None, None, "not YAML"),
        ("", None, None, "the file is empty"),
        ("# nothing\n", None, None, "the file is empty"),
        ("[" * 201, 1, None, "more than 200 levels"),
        ("[" * 201 + "]" * 201, 1, None, "more than 200 levels"),
        ('{"a": 1,\n "a": 2}', 2, "/a", "duplicate key 'a'"),
        ('{"a": [1,\n 1e400]}', 2, "/a/1", "is not a JSON number"),
        ('{"a": "\\ud83d"}', 1, None, "not YAML"),
        ("[" * 200_000, 1, None, "more than 200 levels"),
        ("a: &a " + "[" * 150 + "]" * 150 + "\nb: " + "[" * 100 + "*a" + "]" * 100, 1, None, "more than 200 levels"),
    ],
)
def test_what_no_json_value_can_hold_is_refused_with_its_place(
    text: str, line: int | None, pointer: str | None, message: str
) -> None:
    error = failure(text)

    assert message in error.message
    assert error.remedy
    assert error.place.path == PATH
    assert error.place.line == line
    if pointer is not None:
        assert error.place.pointer == pointer


def test_aliases_of_aliases_do_not_grow_without_bound() -> None:
    names = "abcdefghijklmnopqrstuvwxyz"
    doubled = "".join(f"{name}: &{name} [*{below}, *{below}]\n" for below, name in pairwise(names))

    assert "more than 1000000 values" in failure(f"a: &a [1, 1]\n{doubled}").message


@given(JSON_VALUES, JSON_VALUES)
def test_aliases_are_read_alike_fast_and_with_care(one: Any, other: Any) -> None:
    value = {"a": one, "b": [one, other, {"c": other, "d": [one]}], "e": other}
    text = yaml.safe_dump(value)
    fast = parse(text, PATH).data
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "yaml_value", _unusual)
        patch.setattr(reading, "json_value", _unusual)
        assert parse(text, PATH).data == fast == value


def _unusual(*_: object) -> None:
    raise UnusualError


@pytest.mark.parametrize("text", ["a: &x {b: 1}\nc: [*x, *x]\n", "a: &x 1\nb: *x\n", "- &x []\n- [{y: *x}]\n"])
def test_aliases_are_nothing_unusual(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = yaml.safe_load(text)
    monkeypatch.setattr(reading, "compose", _unusual)
    assert parse(text, PATH).data == expected


def test_two_hundred_levels_are_not_too_deep() -> None:
    value = parse("[" * 200 + "]" * 200, PATH).data
    depth = 0
    while value:
        value, depth = value[0], depth + 1
    assert depth == 199


@pytest.mark.parametrize("content", [b"a: \xff", b"\xfe\xff\x00a", b"title: caf\xe9"])
def test_a_file_that_is_not_utf_8_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_bytes(content)

    with pytest.raises(SpecloomError, match="not UTF-8") as caught:
        load(path)
    assert caught.value.place.path == path


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_bytes(b"a: 1\nb: caf\xe9\n")
    with pytest.raises(SpecloomError, match=r"openapi\.yaml:2: not UTF-8"):
        load(path)
    path.write_bytes(gzip.compress(b"a: 1\n"))
    with pytest.raises(SpecloomError, match=r"compressed\n.*gunzip"):
        load(path)


def test_a_file_of_json_is_held_against_json() -> None:
    with pytest.raises(SpecloomError, match=r"a\.JSON:3: not JSON: Expecting value") as caught:
        parse('{\n"a": 1,\n"b": ]}', Path("a.JSON"))
    assert "correct the syntax" in caught.value.remedy
    assert parse("a: 1", Path("a.json")).data == {"a": 1}


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SpecloomError, match="there is no such file"):
        load(tmp_path / "openapi.yaml")
    with pytest.raises(SpecloomError, match="cannot be read"):
        load(tmp_path)


@given(value=JSON_VALUES)
def test_json_is_read_as_it_is(value: Any) -> None:
    assert parse(json.dumps(value, ensure_ascii=False), PATH).data == value


@given(value=JSON_VALUES, flow=st.none() | st.booleans())
def test_a_value_is_the_same_with_an_anchor_for_which_nodes_are_made(value: Any, flow: bool | None) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow, sort_keys=False)
    assert parse(text, PATH).data == parse(f"&anchor\n{text}", PATH).data


def test_json_is_read_even_where_it_is_no_yaml() -> None:
    text = '{\n\t"smile": "\\ud83d\\ude00",\n\t"of}": [{"\\"": "\x7f"},\n\t\t[], 3\n]}'
    document = parse(text, PATH)
    assert document.data == {"smile": "\U0001f600", "of}": [{'"': "\x7f"}, [], 3]}
    assert [document.line(pointer) for pointer in ("", "/smile", '/of}/0/"', "/of}/1", "/of}/2", "/of}/3")] == [
        1, 2, 3, 4, 4, 3
    ]  # fmt: skip


@given(text=st.text())
@example(text="\ufeffa: 1")
@example(text="%YAML 1.3\n---\na")
@example(text="%TAG ! tag:a.example:\n---\n!a b")
@example(text='"\\ud800"')
@example(text="? ")
@example(text="&a *a")
def test_any_text_is_a_document_or_an_error_that_says_so(text: str) -> None:
    assert_json_or_error(lambda: parse(text, PATH))


@given(content=st.binary())
def test_any_bytes_are_a_document_or_an_error(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(content)
    assert_json_or_error(lambda: load(path))


@given(
    pieces=st.lists(
        st.sampled_from(["- ", "a: ", "b: ", "\n", "  ", "[", "]", "{", "}", "&x ", "*x", "!!int ", "'", "1", "|", ","])
    )
)
def test_text_made_of_pieces_of_yaml_is_a_document_or_an_error(pieces: list[str]) -> None:
    assert_json_or_error(lambda: parse("".join(pieces), PATH))


def assert_json_or_error(read: Callable[[], Document]) -> None:
    """Assert that `read` gives JSON values, or raises an error that says where and what to do, and nothing else."""
    error: SpecloomError | None = None
    try:
        json.dumps(read().data, allow_nan=False)
    except SpecloomError as raised:
        error = raised
    assert error is None or (error.message and error.remedy and error.place.path)
