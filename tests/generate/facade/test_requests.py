"""What the facade sends: parameters of all types, bodies of all shapes, and nothing that is not given."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from .odd_shapes import Server, model


def test_parameters_of_all_types_are_sent(api: Any, server: Server, package: ModuleType) -> None:
    server.answers(200, json=[{"name": "a"}, {"name": "b", "kind": "new"}])
    things = api.things.list(
        kinds=["big", "small"],
        since=datetime(2030, 1, 31, tzinfo=UTC),
        day=date(2030, 1, 31),
        trace=UUID(int=1),
        limit=3,
        ratio=0.5,
        all_=False,
        x_language="cs",
        session="s",
    )
    assert [thing.name for thing in things] == ["a", "b"]
    assert things[0].kind is package.UNSET
    assert server.request.url.params.multi_items() == [
        ("kinds", "big"),
        ("kinds", "small"),
        ("since", "2030-01-31T00:00:00+00:00"),
        ("day", "2030-01-31"),
        ("trace", "00000000-0000-0000-0000-000000000001"),
        ("limit", "3"),
        ("ratio", "0.5"),
        ("all", "false"),
    ]
    assert server.request.headers["x-language"] == "cs"
    assert server.request.headers["cookie"] == "session=s"


@pytest.mark.parametrize("absent", ["none", "unset", "left out"])
def test_what_is_not_given_is_not_sent_whatever_its_default(
    api: Any, server: Server, package: ModuleType, absent: str
) -> None:
    server.answers(200, json=[])
    value = None if absent == "none" else package.UNSET
    names = ["kinds", "since", "limit", "x_language", "session"]
    assert api.things.list(**({} if absent == "left out" else dict.fromkeys(names, value))) == []
    assert str(server.request.url) == "https://eu.example.com/things"
    assert {"x-language", "cookie", "content-type", "authorization", "x-key"}.isdisjoint(server.request.headers)


def test_a_body_may_be_a_union(api: Any, server: Server, package: ModuleType) -> None:
    server.answers(201, json={"name": "a"})
    assert api.things.add(body=model(package, "Dog", {"pet": "dog", "tricks": ["sit"]})).name == "a"
    assert json.loads(server.request.content) == {"pet": "dog", "tricks": ["sit"]}
    assert server.request.headers["content-type"] == "application/json"


def test_a_body_may_be_an_array_and_may_be_left_out(api: Any, server: Server, package: ModuleType) -> None:
    server.answers(204)
    assert api.things.import_things(body=[model(package, "Thing", {"name": "a"})]) is None
    assert json.loads(server.request.content) == [{"name": "a"}]
    assert api.things.import_things() is None
    assert server.request.content == b""
    assert "content-type" not in server.request.headers


def test_one_of_two_ways_to_write_a_body_is_taken(api: Any, server: Server, package: ModuleType) -> None:
    server.answers(200, text="done")
    assert api.class_.send_form(body=model(package, "Class", {"a": "x"})) == "done"
    assert json.loads(server.request.content) == {"a": "x"}
    assert server.request.headers["content-type"] == "application/json"


def test_names_that_clash_get_an_underscore(api: Any, server: Server, package: ModuleType) -> None:
    server.answers(200, json={"name": "a"})
    part = model(package, "ChangeOptions", {"a": "b"})
    api.things.change(7, name="q", id_="x", kind="change", name_=None, options_=part, self_=True)
    assert str(server.request.url) == "https://eu.example.com/things/7?name=q"
    assert json.loads(server.request.content) == {
        "id": "x",
        "kind": "change",
        "name": None,
        "options": {"a": "b"},
        "self": True,
    }


def test_a_default_of_a_member_is_left_to_the_server(api: Any, server: Server) -> None:
    server.answers(200, json={"name": "a"})
    api.things.change(7, id_="x", kind="change")
    assert json.loads(server.request.content) == {"id": "x", "kind": "change"}
    api.things.change(7)
    assert server.request.content == b""
