"""What the facade makes of an answer: a value of its own type for each success, and an error for each other status."""

from __future__ import annotations

import importlib
import io
import pickle
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import httpx
import pytest

from .odd_shapes import Server, model


def test_each_success_has_its_own_type(api: Any, server: Server, package: ModuleType) -> None:
    server.answers(202)
    response = api.things.add_with_response(body=model(package, "Cat", {"pet": "cat"}))
    assert (response.status_code, response.parsed) == (202, None)


@pytest.mark.parametrize(
    ("media_type", "content", "read"),
    [
        ("application/json", b'{"name": "a"}', "Thing"),
        ("application/vnd.thing+json; v=1", b'{"name": "a"}', "Thing"),
        ("text/csv", b"a,b", "str"),
        ("application/pdf", b"%PDF", "bytes"),
        ("", b'{"name": "a"}', "Thing"),
    ],
)
def test_the_media_type_says_how_an_answer_is_read(
    api: Any, server: Server, media_type: str, content: bytes, read: str
) -> None:
    server.answers(200, content=content, headers={"content-type": media_type} if media_type else {})
    assert type(api.things.get(1)).__name__ == read


def test_a_binary_answer_is_bytes_and_an_untyped_one_any_json(api: Any, server: Server, package: ModuleType) -> None:
    server.answers(200, content=b"\x00\xff")
    assert api.things.picture(1) == b"\x00\xff"
    server.answers(200, json=[1, None])
    file = importlib.import_module(f"{package.__name__}.types").File(payload=io.BytesIO(b"\x01"))
    assert api.things.set_picture(1, body=file) == [1, None]
    assert server.request.content == b"\x01"
    assert server.request.headers["content-type"] == "application/octet-stream"


def test_a_head_answer_has_nothing_to_read(api: Any, server: Server) -> None:
    server.answers(200, headers={"content-type": "application/json", "content-length": "13"})
    assert api.things.see(1) is None
    assert server.request.method == "HEAD"


def test_an_answer_without_content_is_the_empty_object_where_that_is_one(api: Any, server: Server) -> None:
    server.answers(200)
    assert api.class_.map_form().to_dict() == {}


@pytest.mark.parametrize(
    ("call", "status", "content", "error", "body"),
    [
        (lambda api: api.things.get(1), 404, {"json": {"title": "t"}}, "NotFoundError", {"title": "t"}),
        (lambda api: api.things.import_things(), 404, {"json": {"text": "t"}}, "NotFoundError", {"text": "t"}),
        (lambda api: api.things.picture(1), 404, {"text": "none"}, "NotFoundError", "none"),
        (lambda api: api.things.get(1), 304, {}, "NotModifiedError", None),
        (lambda api: api.things.list(), 418, {"json": {"title": "t"}}, "Status4XXError", {"title": "t"}),
        (lambda api: api.things.list(), 500, {"json": {"text": "t"}}, "OtherStatusError", {"text": "t"}),
        (lambda api: api.things.change(1), 500, {"json": {"name": "n"}}, "OtherStatusError", {"name": "n"}),
        (lambda api: api.class_.send_form(body=_FORM(api)), 599, {}, "UndocumentedStatusError", None),
        (lambda api: api.things.see(1), 404, {}, "UndocumentedStatusError", None),
    ],
)
def test_each_documented_status_is_an_error_of_its_own(
    api: Any,
    server: Server,
    package: ModuleType,
    call: Callable[[Any], Any],
    status: int,
    content: dict[str, Any],
    error: str,
    body: Any,
) -> None:
    server.answers(status, **content)
    with pytest.raises(getattr(package, error)) as raised:
        call(api)
    assert type(raised.value) is getattr(package, error)
    assert isinstance(raised.value, package.StatusError)
    assert raised.value.status_code == status
    again = pickle.loads(pickle.dumps(raised.value))  # noqa: S301 - that it can be pickled is what is tested
    for each in (raised.value, again):
        assert (each.body.to_dict() if isinstance(body, dict) else each.body) == body


def _FORM(api: Any) -> Any:  # noqa: N802 - it stands for a value
    return model(sys.modules[type(api).__module__.partition(".")[0]], "Class", {"a": "x"})


def test_models_with_names_that_the_facade_has_keep_theirs(api: Any, server: Server, package: ModuleType) -> None:
    models = importlib.import_module(f"{package.__name__}.models")
    server.answers(404, json={"title": "t"})
    with pytest.raises(package.NotFoundError) as raised:
        api.things.get(1)
    assert package.NotFoundError is not models.NotFoundError
    assert isinstance(raised.value.body, models.NotFoundError)
    assert type(api.class_).__name__ == "ClassGroup"


def test_a_schema_may_be_called_like_a_class_of_the_client(api: Any, server: Server, package: ModuleType) -> None:
    server.answers(200, json={"fast": True})
    answer = api.class_.map_form_with_response(body=model(package, "ResponseModel", {"a": 1}))
    assert isinstance(answer, package.Response)
    assert server.request.content == b'{"a":1}'
    stock = importlib.import_module(f"{package.__name__}.api.class_.map_form")
    client = package.Client(base_url="https://a.example", httpx_args={"transport": httpx.MockTransport(server)})
    assert stock.sync_detailed(client=client).parsed.fast is True
