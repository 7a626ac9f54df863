"""An API without behaviour keywords is served from its examples, or from values made of its schemas."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from specloom.sandbox import Sandbox
from specloom.sandbox.message import Reply, Request
from specloom.spec import Schemas, load_api

from .conftest import value

SPEC = Path(__file__).parent / "plain.yaml"
API = load_api(SPEC)
TOKEN = ("authorization", "Bearer anything")
KETTLE = {"id": 1, "name": "kettle"}


def _send(method: str, target: str, *headers: tuple[str, str], body: bytes = b"") -> Reply:
    path, _, query = target.partition("?")
    return asyncio.run(Sandbox([API]).handle(Request(method, path, query, headers, body)))


def _is_thing(thing: Any) -> bool:
    return Schemas(API.document).validator("/components/schemas/Thing").is_valid(thing)


def test_the_first_example_is_the_answer() -> None:
    reply = _send("GET", "/things")
    assert (reply.status, value(reply)) == (200, [])
    assert dict(reply.headers) == {"content-type": "application/json", "x-total": "7"}


@pytest.mark.parametrize("name", ["one", '"one"'])
def test_an_example_is_chosen_by_name(name: str) -> None:
    assert value(_send("GET", "/things", ("prefer", f"example={name}"))) == [KETTLE]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/csv", "text/csv"),
        ("text/*", "text/csv"),
        ("application/xml", "application/json"),
        ("text/csv;q=0, application/json", "application/json"),
        ("*/*", "application/json"),
    ],
)
def test_the_media_type_is_one_that_the_caller_accepts(accept: str, media_type: str) -> None:
    reply = _send("GET", "/things", ("accept", accept))
    assert dict(reply.headers)["content-type"] == media_type
    assert reply.body == (b"id,name\n1,kettle\n" if media_type == "text/csv" else b"[]")


def test_without_an_example_a_value_is_made_of_the_schema() -> None:
    reply = _send("POST", "/things", TOKEN, ("content-type", "application/json"), body=json.dumps(KETTLE).encode())
    assert reply.status == 201
    assert _is_thing(value(reply))


def test_values_are_made_of_the_schema_when_they_are_preferred() -> None:
    things = [value(_send("GET", "/things", ("prefer", f"dynamic=true, seed={seed}"))) for seed in range(20)]
    assert all(_is_thing(thing) for made in things for thing in made)
    assert all("secret" not in thing for made in things for thing in made)
    assert len({json.dumps(made) for made in things}) == 20


@pytest.mark.parametrize(("code", "status"), [("503", 503), ("599", 599), ("422", 422)])
def test_a_status_may_be_declared_by_a_range(code: str, status: int) -> None:
    assert _send("GET", "/things", ("prefer", f"code={code}")).status == status


def test_a_status_may_be_declared_by_default() -> None:
    body = json.dumps(KETTLE).encode()
    reply = _send("POST", "/things", TOKEN, ("content-type", "application/json"), ("prefer", "code=418"), body=body)
    assert (reply.status, value(reply)) == (418, {"message": "Something is wrong."})


def test_another_media_type_is_refused_as_the_default_has_it() -> None:
    reply = _send("POST", "/things", TOKEN, ("content-type", "text/plain"), body=b"kettle")
    assert (reply.status, value(reply)) == (415, {"message": "Something is wrong."})
    assert (
        dict(reply.headers)["accept"]
        == "application/json, application/x-www-form-urlencoded, multipart/form-data, text/csv, text/xml, image/*"
    )


def test_a_response_without_content_has_none() -> None:
    reply = _send("GET", "/things/latest")
    assert (reply.status, reply.headers, reply.body) == (204, (), b"")


@pytest.mark.parametrize(
    ("target", "headers", "status"),
    [
        ("?limit=5", (), 200),
        ("?limit=0", (), 422),
        ("?limit=five", (), 422),
        ("?ids=1,2,3", (), 200),
        ("?ids=1,x", (), 422),
        ("?sizes=1%7C2", (), 200),
        ("?sizes=1,2", (), 422),
        ("?filter[price]=1.5&filter[kind]=a", (), 200),
        ("?filter%5Bprice%5D=1.5", (), 200),
        ("?filter[price]=cheap", (), 422),
        ("?filter[other]=1", (), 422),
        ("?filter=1", (), 422),
        ("?filter[price]=1&filter[price]=2", (), 422),
        ('?where={"a":1}', (), 200),
        ('?where={"a":"1"}', (), 422),
        ("?where={", (), 422),
        ("?limit=%ff", (), 422),
        ("", (("x-tags", "a,b"),), 200),
        ("", (("x-tags", "a,long"),), 422),
        ("", (("cookie", "a=b; session=abc"),), 200),
        ("", (("cookie", "session=a"),), 422),
    ],
)
def test_parameters_are_read_in_each_style(target: str, headers: tuple[tuple[str, str], ...], status: int) -> None:
    reply = _send("GET", f"/things{target}", *headers)
    assert reply.status == status
    if status == 422:
        assert value(reply) == {"title": "Wrong parameter"}


@pytest.mark.parametrize(
    ("media_type", "body", "status"),
    [
        ("application/json", b'{"id": 1, "name": "kettle"}', 201),
        ("application/json", b'{"id": "1", "name": "kettle"}', 400),
        ("application/json", b"", 400),
        ("application/x-www-form-urlencoded", b"id=1&name=kettle&tags=old&tags=new", 201),
        ("application/x-www-form-urlencoded", b"id=one&name=kettle", 400),
        ("application/x-www-form-urlencoded", b"id=1&id=2&name=kettle", 400),
        ("application/x-www-form-urlencoded", b"id=1&name=%ff%ff", 400),
        ("text/csv", b"id,name", 201),
        ("text/csv; charset=utf-16", "id,name".encode("utf-16"), 201),
        ("text/csv", b"name,id", 400),
        ("text/csv", b"id,\xff", 400),
        ("text/csv; charset=none", b"id,", 400),
        ("text/xml", b"<thing/>", 201),
        ("image/png", b"\x89PNG", 201),
        ("text/plain", b"kettle", 415),
    ],
)
def test_a_body_is_read_in_each_media_type(media_type: str, body: bytes, status: int) -> None:
    assert _send("POST", "/things", TOKEN, ("content-type", media_type), body=body).status == status


def _parts(**members: str) -> bytes:
    start = '--b\r\nContent-Disposition: form-data; name="'
    return "".join(f'{start}{name}"\r\n\r\n{text}\r\n' for name, text in members.items()).encode() + b"--b--\r\n"


PARTS = {
    "an element": ("boundary=b", _parts(id="1", name="kettle", tags="old"), 201),
    "an array as JSON": ('boundary="b"', _parts(id="1", name="k\r\nä", tags='["old", "new"]'), 201),
    "a file": (
        "boundary=b",
        _parts(id="1", name="kettle").replace(b'"name"', b'"name"; filename="x"').replace(b"kettle", b"\xff\xff"),
        201,
    ),
    "a wrong type": ("boundary=b", _parts(id="one", name="kettle"), 400),
    "no id": ("boundary=b", _parts(name="kettle"), 400),
    "no parts": ("boundary=b", b"--b--\r\n", 400),
    "another boundary": ("boundary=c", _parts(id="1", name="kettle"), 400),
    "no boundary": ("", _parts(id="1", name="kettle"), 400),
    "a part without a name": ("boundary=b", b"--b\r\n\r\nx\r\n--b--", 400),
    "no UTF-8": ("boundary=b", _parts(id="1", name="kettle").replace(b"kettle", b"\xff\xff"), 400),
    "parts in parts": (
        "boundary=b",
        b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\n--c--\r\n--b--",
        400,
    ),
    "very many parts in parts": (
        "boundary=b1",
        b"".join(b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (n, n + 1) for n in range(1, 999)),
        400,
    ),
}


@pytest.mark.parametrize("case", PARTS)
def test_a_form_of_parts_is_read(case: str) -> None:
    boundary, body, status = PARTS[case]
    media_type = ("content-type", f"multipart/form-data; {boundary}")
    assert _send("POST", "/things", TOKEN, media_type, body=body).status == status


@pytest.mark.parametrize("headers", [(), (("authorization", "Basic eDp4"),), (("authorization", "Bearer "),)])
def test_some_credentials_are_asked_for_where_the_spec_names_none(headers: tuple[tuple[str, str], ...]) -> None:
    reply = _send("POST", "/things", *headers)
    assert reply.status == 401
    assert dict(reply.headers)["www-authenticate"].startswith("Bearer ")
    assert value(reply) == {"message": "Something is wrong."}


@pytest.mark.parametrize(
    ("path", "status"),
    [("/things/7.json", 200), ("/things/x.json", 400), ("/things/.json", 404), ("/things/7.xml", 404)],
)
def test_a_parameter_may_be_a_part_of_a_segment(path: str, status: int) -> None:
    assert _send("GET", path).status == status


def test_head_is_answered_as_get_is() -> None:
    assert _send("HEAD", "/things").headers == _send("GET", "/things").headers


def test_options_names_the_methods_of_the_path() -> None:
    assert _send("OPTIONS", "/things").headers == (("allow", "GET, POST, HEAD"),)
