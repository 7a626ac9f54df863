"""A campaign writes parameters in their styles, as OpenAPI 3.1.1 and RFC 6570 have it."""

from __future__ import annotations

from typing import Any

import pytest

from specloom.fuzz.writing import cookie_text, path_text, query_text, write_body
from specloom.spec import Parameter
from specloom.spec.api import ParameterLocation

VALUES: dict[str, Any] = {"": "", "text": "a,b", "list": ["a,b", "c d"], "object": {"x": 1, "y/z": "a,b"}}
PATHS = {
    ("simple", False): ("a%2Cb", "a%2Cb,c%20d", "x,1,y%2Fz,a%2Cb"),
    ("simple", True): ("a%2Cb", "a%2Cb,c%20d", "x=1,y%2Fz=a%2Cb"),
    ("label", False): (".a%2Cb", ".a%2Cb,c%20d", ".x,1,y%2Fz,a%2Cb"),
    ("label", True): (".a%2Cb", ".a%2Cb.c%20d", ".x=1.y%2Fz=a%2Cb"),
    ("matrix", False): (";p=a%2Cb", ";p=a%2Cb,c%20d", ";p=x,1,y%2Fz,a%2Cb"),
    ("matrix", True): (";p=a%2Cb", ";p=a%2Cb;p=c%20d", ";x=1;y%2Fz=a%2Cb"),
}
QUERIES = {
    ("form", False): (["p=a%2Cb"], ["p=a%2Cb,c%20d"], ["p=x,1,y%2Fz,a%2Cb"]),
    ("form", True): (["p=a%2Cb"], ["p=a%2Cb", "p=c%20d"], ["x=1", "y%2Fz=a%2Cb"]),
    ("pipeDelimited", False): (["p=a%2Cb"], ["p=a%2Cb%7Cc%20d"], ["p=x%7C1%7Cy%2Fz%7Ca%2Cb"]),
    ("deepObject", True): (["p=a%2Cb"], ["p=a%2Cb", "p=c%20d"], ["p%5Bx%5D=1", "p%5By%2Fz%5D=a%2Cb"]),
}


def _parameter(location: ParameterLocation, style: str, *, explode: bool, media_type: str | None = None) -> Parameter:
    return Parameter(
        name="p",
        location=location,
        required=True,
        pointer="",
        schema_pointer="",
        schema={},
        style=style,
        explode=explode,
        media_type=media_type,
    )


@pytest.mark.parametrize(("style", "explode"), PATHS)
def test_a_path_has_the_text_of_its_style(style: str, explode: bool) -> None:
    parameter = _parameter("path", style, explode=explode)
    found = tuple(path_text(parameter, VALUES[kind]) for kind in ("text", "list", "object"))
    assert found == PATHS[style, explode]


def test_what_is_empty_has_no_sign_of_equality_in_a_matrix() -> None:
    assert path_text(_parameter("path", "matrix", explode=False), "") == ";p"
    assert path_text(_parameter("path", "matrix", explode=True), ["", "a"]) == ";p;p=a"


@pytest.mark.parametrize(("style", "explode"), QUERIES)
def test_a_query_has_the_text_of_its_style(style: str, explode: bool) -> None:
    parameter = _parameter("query", style, explode=explode)
    found = tuple(query_text(parameter, "p", VALUES[kind]) for kind in ("text", "list", "object"))
    assert found == QUERIES[style, explode]


def test_a_cookie_has_its_members_by_its_style_and_json_encoded() -> None:
    value = {"x": 1, "y": "z"}
    assert cookie_text([_parameter("cookie", "form", explode=True)], {"p": value}) == "p=x=1,y=z"
    assert cookie_text([_parameter("cookie", "form", explode=False)], {"p": value}) == "p=x,1,y,z"
    encoded = _parameter("cookie", "form", explode=True, media_type="application/json")
    assert cookie_text([encoded], {"p": ["a"]}) == "p=%5B%22a%22%5D"


def test_the_members_of_a_form_are_written_as_they_are_encoded() -> None:
    encoded = {
        "deep": _parameter("query", "deepObject", explode=True),
        "codes": _parameter("query", "form", explode=False),
        "list": _parameter("query", "form", explode=True, media_type="application/json"),
    }
    value = {"deep": {"x": 1}, "codes": ["a,b", "c"], "list": [1, 2], "tags": ["x", "y"], "at": {"z": 1}}
    assert write_body("application/x-www-form-urlencoded", value, encoded).content.decode().split("&") == [
        "deep%5Bx%5D=1",
        "codes=a%2Cb,c",
        "list=%5B1%2C%202%5D",
        "tags=x",
        "tags=y",
        "at=%7B%22z%22%3A%201%7D",
    ]
