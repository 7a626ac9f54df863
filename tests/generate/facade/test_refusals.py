"""What the facade refuses before anything is sent: wrong types, and with `validate=True` what breaks the spec."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest

from .odd_shapes import Server, model


@pytest.mark.parametrize(
    ("call", "problems"),
    [
        (lambda api: api.things.get("1"), ["id must be an integer, not of type str"]),
        (lambda api: api.things.get(True), ["id must be an integer, not of type bool"]),
        (lambda api: api.things.get(None), ["id must be given"]),
        (lambda api: api.things.add(body=None), ["body must be given"]),
        (
            lambda api: api.things.add(body={"pet": "cat"}),
            ["body must be an instance of Cat or an instance of Dog, not of type dict"],
        ),
        (lambda api: api.things.import_things(body=["a"]), ["body[0] must be an instance of Thing, not of type str"]),
        (lambda api: api.things.import_things(body=3), ["body must be a list, not of type int"]),
        (
            lambda api: api.things.list(kinds=["big", 1], since="now", day=datetime(2030, 1, 1, tzinfo=UTC)),
            [
                "kinds[1] must be a string, not of type int",
                "since must be a datetime, not of type str",
                "day must be a date, not of type datetime",
            ],
        ),
        (lambda api: api.things.change(1, self_=True), ["id_ must be given", "kind must be given"]),
        (
            lambda api: api.things.change(1, id_="x", kind="other"),
            ["kind must be 'change', not of type str"],
        ),
    ],
)
def test_wrong_types_are_refused_before_anything_is_sent(
    api: Any, server: Server, package: ModuleType, call: Callable[[Any], Any], problems: list[str]
) -> None:
    with pytest.raises(package.RequestValidationError) as raised:
        call(api)
    assert list(raised.value.problems) == problems
    assert server.requests == []


def test_what_a_model_cannot_write_is_refused_without_telling_it(api: Any, server: Server, package: ModuleType) -> None:
    thing = model(package, "Thing", {"name": "a"})
    thing.made = "canary"
    with pytest.raises(package.RequestValidationError) as raised:
        api.things.import_things(body=[thing])
    assert list(raised.value.problems) == ["a value inside the arguments cannot be written (AttributeError)"]
    assert server.requests == []


@pytest.mark.parametrize(
    ("call", "problems"),
    [
        (
            lambda api: api.things.list(kinds=["odd"], limit=0),
            ["kinds[0]: Input should be 'big' or 'small'", "limit: Input should be greater than or equal to 1"],
        ),
        (
            lambda api: api.things.change(1, id_="x", kind="change", part=_thing(api, "")),
            ["body.part.name: String should have at least 1 character"],
        ),
        (
            lambda api: api.things.import_things(body=[_thing(api, "a"), _thing(api, "")]),
            ["body[1].name: String should have at least 1 character"],
        ),
        (
            lambda api: api.things.import_things(body=[_thing(api, "a")] * 3),
            ["body: List should have at most 2 items after validation, not 3"],
        ),
        (lambda api: api.things.add(body=_cat(api, "nine")), ["body.lives: Input should be a valid integer"]),
    ],
)
def test_what_breaks_the_spec_is_refused_if_that_is_asked_for(
    connect: Callable[..., Any],
    server: Server,
    package: ModuleType,
    call: Callable[[Any], Any],
    problems: list[str],
) -> None:
    with pytest.raises(package.RequestValidationError) as raised:
        call(connect(validate=True))
    assert list(raised.value.problems) == problems
    assert server.requests == []


def test_what_breaks_the_spec_is_sent_otherwise(api: Any, server: Server) -> None:
    server.answers(200, json=[])
    assert api.things.list(kinds=["odd"], limit=0) == []
    assert server.request.url.query == b"kinds=odd&limit=0"


def _thing(api: Any, name: str) -> Any:
    return model(sys.modules[type(api).__module__.partition(".")[0]], "Thing", {"name": name})


def _cat(api: Any, lives: object) -> Any:
    cat = model(sys.modules[type(api).__module__.partition(".")[0]], "Cat", {"pet": "cat"})
    cat.lives = lives
    return cat


def test_a_body_of_any_shape_that_the_spec_allows_is_sent_with_validation_too(
    connect: Callable[..., Any], server: Server
) -> None:
    checking = connect(validate=True)
    server.answers(204)
    checking.things.import_things(body=[_thing(checking, "a")])
    assert server.request.content == b'[{"name":"a"}]'
    checking.things.import_things()
    assert server.request.content == b""
    server.answers(201, json={"name": "a"})
    checking.things.add(body=_cat(checking, 9))
    assert server.request.content == b'{"pet":"cat","lives":9}'


def test_without_pydantic_it_says_what_to_install(
    connect: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, package: ModuleType
) -> None:
    monkeypatch.delitem(sys.modules, f"{package.__name__}.schemas", raising=False)
    monkeypatch.setitem(sys.modules, "pydantic", None)
    monkeypatch.delitem(sys.modules, f"{package.__name__}.strict", raising=False)
    with pytest.raises(ImportError, match=r"pip install 'shapes-client\[pydantic\]'"):
        connect(validate=True)
