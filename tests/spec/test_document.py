"""Documents: lines by pointer, references, errors that say where."""

from __future__ import annotations

from pathlib import Path

import pytest

from specloom.spec import Document, Place, Schemas, SpecloomError
from specloom.spec.reading import parse

TEXT = """\
openapi: 3.1.0
paths:
  /a/{b}: {get: {x: 1}}
list:
  - one
  - two: 2
    three: 3
a: {$ref: '#/b'}
b: {$ref: '#/list/1'}
c: {$ref: '#/c'}
d: {$ref: '#/none'}
e: {$ref: 'other.yaml#/a'}
"tab%20le": {f: 1}
g: {$ref: '#/tab%2520le'}
"""


@pytest.fixture
def document() -> Document:
    return parse(TEXT, Path("openapi.yaml"))


@pytest.mark.parametrize(
    ("pointer", "line"),
    [
        ("", 1),
        ("/openapi", 1),
        ("/paths/~1a~1{b}/get/x", 3),
        ("/list", 4),
        ("/list/1", 6),
        ("/list/1/three", 7),
        ("/list/1/none/deep", 6),
        ("/list/9", 4),
        ("/none", 1),
    ],
)
def test_a_pointer_has_a_line(pointer: str, line: int, document: Document) -> None:
    assert document.line(pointer) == line


def test_an_error_says_where(document: Document) -> None:
    error = document.error("wrong", "/list/1/two", "mend it")

    assert str(error) == "openapi.yaml:6 #/list/1/two: wrong\n  mend it"
    assert str(SpecloomError("wrong")) == "wrong"
    assert str(Place(line=3)) == ""


def test_a_chain_of_references_is_followed(document: Document) -> None:
    assert document.resolve("/a") == ("/list/1", {"two": 2, "three": 3})
    assert document.resolve("/list/0") == ("/list/0", "one")
    assert document.resolve("/g") == ("/tab%20le", {"f": 1})


@pytest.mark.parametrize(
    ("pointer", "message"),
    [("/c", "back to itself"), ("/d", "leads nowhere"), ("/e", "leaves this file"), ("/none", "nothing stands")],
)
def test_a_reference_that_cannot_be_followed_is_an_error(pointer: str, message: str, document: Document) -> None:
    with pytest.raises(SpecloomError, match=message):
        document.resolve(pointer)


def test_a_validator_follows_references_and_checks_formats() -> None:
    document = parse(
        "{s: {type: array, items: {$ref: '#/t/a~1%7B%20b'}}, t: {'a/{ b': {type: string, format: date}}}", Path("x")
    )
    schemas = Schemas(document)

    assert schemas.errors("/s", ["2030-01-31"]) == []
    assert len(schemas.errors("/s", ["2030-01-32", 1])) == 2
    assert len(schemas.errors("/t/a~1{ b", "soon")) == 1
    assert schemas.validator("/s") is schemas.validator("/s")


def test_the_digest_is_that_of_the_values_alone() -> None:
    digest = parse("a: 1\nb: [2, x]\n", Path("one.yaml")).digest()
    assert digest == parse('{"b": [2, "x"], "a": 1}', Path("other.json")).digest()
    assert digest != parse("a: 1\nb: [x, 2]\n", Path("one.yaml")).digest()
    assert len(digest) == 16
