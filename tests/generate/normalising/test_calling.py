"""The package of a foreign document sends and reads what the document says."""

from __future__ import annotations

import importlib
import json
import re
from datetime import UTC, datetime
from io import BytesIO
from types import ModuleType
from typing import Any

import httpx
import pytest

from specloom.generate import Generated

ALL = {
    "small": {"name": "x"},
    "great": {"name": 1},
    "mixed": "-",
    "codes": 2,
    "tree": ["a", ["b"]],
    "either": {"kind": "red", "colour": None, "parent": {"kind": "any"}},
    "needing": {"a": "1"},
    "anything": [1],
    "day": "2026-01-02",
    "count": 3,
}


def test_every_operation_is_there(generated: Generated) -> None:
    assert generated.operations == 5
    assert not [loss for loss in generated.losses if loss.kind == "operation"]


def test_parameters_with_like_names_are_sent_by_their_own(
    api: Any, requests: list[httpx.Request], answers: list[httpx.Response]
) -> None:
    answers.append(httpx.Response(200, json={}))
    api.any_thing.many_names(
        "1",
        ["x", "y"],
        id_query=2,
        params_="p",
        a_b="1",
        a_b_2="2",
        a_b_3="3",
        if_changed=datetime(2026, 1, 2, 3, tzinfo=UTC),
        x_ids=["a", "b"],
        filter_=importlib.import_module("trait_client.models").ManyNamesFilter.from_dict({"x": 1}),
    )
    assert requests[0].url.path == "/many/1/x,y"
    assert dict(requests[0].url.params) == {
        "id": "2",
        "params": "p",
        "a-b": "1",
        "a_b": "2",
        "a.b": "3",
        "filter": '{"x":1}',
    }
    assert requests[0].headers["If-Changed"] == "2026-01-02T03:00:00+00:00"
    assert requests[0].headers["X-Ids"] == "a,b"


def test_members_with_like_names_are_sent_by_their_own(
    package: ModuleType, api: Any, requests: list[httpx.Request], answers: list[httpx.Response]
) -> None:
    answers.append(httpx.Response(200, json={}))
    models = package.models
    same = models.ManyNamesBodyAB.from_dict({"x": 1})
    other = models.ManyNamesBodyBody.from_dict({"y": "z"})
    api.any_thing.many_names("1", ["x"], a_b_="1", a_b_2_=2, a_b_3_=same, body=other)
    assert json.loads(requests[0].content) == {"a-b": "1", "a_b": 2, "aB": {"x": 1}, "body": {"y": "z"}}


def test_an_answer_of_all_kinds_is_read(package: ModuleType, api: Any, answers: list[httpx.Response]) -> None:
    answers.append(httpx.Response(201, json=ALL))
    found = api.any_thing.many_names("1", ["x"])
    assert found.to_dict() == ALL
    assert type(found.small) is not type(found.great)
    assert found.either.colour is None
    assert type(found.either.parent) is package.models.Base


def test_any_status_that_is_not_documented_is_the_default(
    package: ModuleType, api: Any, answers: list[httpx.Response]
) -> None:
    answers.append(httpx.Response(418))
    with pytest.raises(package.errors.OtherStatusError):
        api.any_thing.many_names("1", ["x"])


def test_a_file_is_sent_and_bytes_are_read(
    package: ModuleType, api: Any, requests: list[httpx.Request], answers: list[httpx.Response]
) -> None:
    answers.append(httpx.Response(200, content=b"\x89PNG", headers={"Content-Type": "image/png"}))
    file = package.types.File(BytesIO(b"content"), "a.txt", "text/plain")
    assert api.files.send(body=package.models.Upload(file=file, note="n")) == b"\x89PNG"
    assert b'filename="a.txt"' in requests[0].content
    assert requests[0].headers["Content-Type"].startswith("multipart/form-data; boundary=")


def test_what_is_no_json_is_sent_under_its_own_name(
    package: ModuleType, api: Any, requests: list[httpx.Request], answers: list[httpx.Response]
) -> None:
    answers.append(httpx.Response(200, text="a,b", headers={"Content-Type": "text/csv"}))
    assert api.files.put_text(body=package.types.File(BytesIO(b"c,d"))) == "a,b"
    assert requests[0].content == b"c,d"
    assert requests[0].headers["Content-Type"] == "text/csv"


def test_a_body_of_alternatives_may_be_left_out(
    package: ModuleType, api: Any, requests: list[httpx.Request], answers: list[httpx.Response]
) -> None:
    answers += [httpx.Response(204), httpx.Response(204)]
    api.files.choose()
    api.files.choose(body=package.models.Base(kind="k"))
    assert [request.content for request in requests] == [b"", b'{"kind":"k"}']
    assert "Content-Type" not in requests[0].headers


def test_alternatives_in_a_form_are_members_of_one_object(
    package: ModuleType, api: Any, requests: list[httpx.Request], answers: list[httpx.Response]
) -> None:
    answers.append(httpx.Response(204))
    api.default.send_form(body=package.models.SendFormBody(b=2))
    assert requests[0].content == b"b=2"


def test_what_is_lost_is_named_in_the_readme(generated: Generated) -> None:
    assert ("media type", "POST /many/{id}/{user.name} as application/xml") in {
        (loss.kind, loss.subject) for loss in generated.losses
    }
    assert "POST /many/{id}/{user.name} as application/xml" in (generated.path / "README.md").read_text("utf-8")


def test_calls_without_examples_are_shown_with_all_that_must_be_given(generated: Generated) -> None:
    readme = (generated.path / "README.md").read_text("utf-8")
    assert 'api.files.put_text(body=File(BytesIO(b"content"), "name"))' in readme
    assert "api.files.send(body=Upload.from_dict({" in readme
    assert "api.any_thing.many_names()" not in readme


def test_the_code_in_the_readme_runs(
    generated: Generated, package: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = httpx.MockTransport(lambda _: httpx.Response(200, json={}, headers={"Content-Type": "application/json"}))
    start = package.Trait.__init__
    monkeypatch.setattr(
        package.Trait,
        "__init__",
        lambda self, **given: start(self, transport=made, **{"base_url": "https://api.example.com", **given}),
    )
    readme = (generated.path / "README.md").read_text("utf-8")
    codes = [code for code in re.findall(r"```python\n(.*?)```", readme, re.DOTALL) if "async" not in code]
    for code in codes:
        if "pytest" not in code and "send_form" not in code and "choose" not in code:
            exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - the package is of this test
    assert len(codes) > generated.operations
