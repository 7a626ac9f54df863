"""Forms are sent as their media types and Encoding Objects say (OpenAPI 3.1.1, 4.8.15)."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from email.parser import BytesParser
from email.policy import HTTP
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
import yaml
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from tests.generate.packages import imported

from specloom.generate import generate
from specloom.sandbox.bodies import BodyReader
from specloom.sandbox.message import Request
from specloom.spec import load_api

TEXTS = {"type": "array", "items": {"type": "string"}}
FILE = {"type": "string", "format": "binary"}
POINT = {"type": "object", "properties": {"x": {"type": "integer"}, "y": {"type": "integer"}}}
MEMBERS: dict[str, Any] = {
    "name": {"type": "string"},
    "on": {"type": "boolean"},
    "tags": TEXTS,
    "at": POINT,
    "points": {"type": "array", "items": POINT},
    "more": {},
    "codes": TEXTS,
    "span": {"type": "object", "properties": {"from": {"type": "integer"}, "to": {"type": "integer"}}},
}
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
FORMS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "plain": (URLENCODED, MEMBERS, {}),
    "styled": (
        URLENCODED,
        MEMBERS,
        {
            "at": {"style": "deepObject", "explode": True},
            "tags": {"style": "pipeDelimited"},
            "points": {"contentType": "application/json"},
            "codes": {"explode": False},
            "span": {"explode": True},
        },
    ),
    "parts": (MULTIPART, {**MEMBERS, "file": FILE, "images": {"type": "array", "items": FILE}}, {}),
    "typed": (
        MULTIPART,
        {**MEMBERS, "file": FILE},
        {
            "name": {"contentType": "text/csv"},
            "tags": {"contentType": "application/json"},
            "file": {"contentType": "image/png"},
            "at": {"contentType": "application/json, application/xml"},
        },
    ),
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """Return the package of a document with an operation for each form."""
    folder = tmp_path_factory.mktemp("forms")
    spec = folder / "specs" / "forms" / "openapi.yaml"
    spec.parent.mkdir(parents=True)
    document = {
        "openapi": "3.1.0",
        "x-foreign": True,
        "info": {"title": "Forms", "version": "1.0.0"},
        "servers": [{"url": "https://forms.example.com"}],
        "paths": {
            f"/{name}": {
                "post": {
                    "operationId": name,
                    "tags": ["forms"],
                    "requestBody": {
                        "content": {
                            media_type: {"schema": {"type": "object", "properties": members}, "encoding": encoding}
                        }
                    },
                    "responses": {"204": {"description": "Read."}},
                }
            }
            for name, (media_type, members, encoding) in FORMS.items()
        },
    }
    spec.write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")
    path = generate([spec], folder / "generated", jobs=1)[0].path
    with imported(path, "forms_client") as module:
        yield module


VALUES: dict[str, Any] = {
    "name": "a&b c",
    "on": True,
    "tags": ["x", "y,z"],
    "at": {"x": 1, "y": 2},
    "points": [{"x": 1}, {"y": 2}],
    "more": {"deep": [1]},
}


def _sent(package: ModuleType, name: str, values: Any = None, **files: Any) -> httpx.Request:
    requests: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(204)

    model = getattr(importlib.import_module("forms_client.models"), f"{name.title()}Body")
    body = model.from_dict(VALUES if values is None else values)
    for member, value in files.items():
        setattr(body, member, value)
    with package.Forms(transport=httpx.MockTransport(handle)) as api:
        getattr(api.forms, name)(body=body)
    return requests[0]


def _parts(request: httpx.Request) -> list[tuple[str, str, Any]]:
    head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + request.content)
    return [
        (
            str(part.get_param("name", header="Content-Disposition")),
            part.get_content_type(),
            part.get_payload(decode=True),
        )
        for part in message.iter_parts()
    ]


def test_a_form_repeats_arrays_and_has_objects_as_json(package: ModuleType) -> None:
    request = _sent(package, "plain")
    assert request.headers["Content-Type"] == URLENCODED
    assert parse_qsl(request.content.decode()) == [
        ("name", "a&b c"),
        ("on", "true"),
        ("tags", "x"),
        ("tags", "y,z"),
        ("at", '{"x":1,"y":2}'),
        ("points", '{"x":1}'),
        ("points", '{"y":2}'),
        ("more", '{"deep":[1]}'),
    ]


def test_members_of_a_form_have_styles(package: ModuleType) -> None:
    assert parse_qsl(_sent(package, "styled").content.decode()) == [
        ("name", "a&b c"),
        ("on", "true"),
        ("tags", "x|y,z"),
        ("at[x]", "1"),
        ("at[y]", "2"),
        ("points", '[{"x":1},{"y":2}]'),
        ("more", '{"deep":[1]}'),
    ]


def test_a_form_of_parts_has_a_part_for_each_element(package: ModuleType) -> None:
    file = importlib.import_module("forms_client.types").File
    files = [file(BytesIO(b"\x00\r\n1"), "1.bin"), file(BytesIO(b"2"), "2.txt", "text/x")]
    assert _parts(_sent(package, "parts", file=files[0], images=[files[1], file(BytesIO(b"3"), "3")])) == [
        ("name", "text/plain", b"a&b c"),
        ("on", "text/plain", b"true"),
        ("tags", "text/plain", b"x"),
        ("tags", "text/plain", b"y,z"),
        ("at", "application/json", b'{"x": 1, "y": 2}'),
        ("points", "application/json", b'{"x": 1}'),
        ("points", "application/json", b'{"y": 2}'),
        ("more", "application/json", b'{"deep": [1]}'),
        ("file", "application/octet-stream", b"\x00\r\n1"),
        ("images", "text/x", b"2"),
        ("images", "application/octet-stream", b"3"),
    ]


def test_parts_have_the_media_types_of_their_encoding(package: ModuleType) -> None:
    file = importlib.import_module("forms_client.types").File(BytesIO(b"png"), "x")
    found = {(name, kind): content for name, kind, content in _parts(_sent(package, "typed", file=file))}
    assert found["name", "text/csv"] == b"a&b c"
    assert found["tags", "application/json"] == b'["x","y,z"]'
    assert found["file", "image/png"] == b"png"
    assert found["at", "application/json"] == b'{"x": 1, "y": 2}'


TEXT = st.text(st.characters(codec="utf-8"), max_size=6)
POINTS = st.dictionaries(st.sampled_from("xy"), st.integers(-9, 9), min_size=1)
ANY = st.fixed_dictionaries(
    {},
    optional={
        "name": TEXT,
        "on": st.booleans(),
        "tags": st.lists(TEXT, min_size=1, max_size=3),
        "at": POINTS,
        "points": st.lists(POINTS, min_size=1, max_size=3),
        "codes": st.lists(TEXT, min_size=1, max_size=3),
        "span": st.dictionaries(st.sampled_from(["from", "to"]), st.integers(-9, 9), min_size=1),
    },
)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_read_as_it_was_given(package: ModuleType, name: str) -> None:
    path = Path(str(package.__file__)).parents[3] / "specs" / "forms" / "openapi.yaml"
    api = load_api(path)
    operation = next(each for each in api.operations if each.id == name)
    reader = BodyReader(operation.body, api.schemas, api.document)

    @settings(max_examples=50)
    @given(ANY)
    def check(value: dict[str, Any]) -> None:
        try:
            request = _sent(package, name, value)
        except ValueError:
            reject()  # an element has a pipe in it, which divides them
        head = (("content-type", request.headers["content-type"]),)
        assert reader.read(Request("POST", f"/{name}", "", head, request.content)) == (value, [])

    check()
