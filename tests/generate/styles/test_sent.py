"""Parameters are sent in the style that the document gives them, as the table of OpenAPI 3.1.1 (4.8.12.4) has it."""

from __future__ import annotations

import asyncio
import functools
import importlib
import json
from types import ModuleType
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from specloom.generate.runtime.credentials import Applied
from specloom.generate.runtime.endpoint import Endpoint
from specloom.generate.runtime.headers import Raw
from specloom.generate.runtime.requests import Form, draft, request

from .ways import Way, ways

VALUES: dict[str, Any] = {
    "text": "blue",
    "array": ["blue", "bl&ck", "bröwn"],
    "object": {"R": 100, "G": 200, "x": "a/b"},
}
PATHS = {
    ("simple", False): ("blue", "blue,bl%26ck,br%C3%B6wn", "x,a%2Fb,R,100,G,200"),
    ("simple", True): ("blue", "blue,bl%26ck,br%C3%B6wn", "x=a%2Fb,R=100,G=200"),
    ("label", False): (".blue", ".blue,bl%26ck,br%C3%B6wn", ".x,a%2Fb,R,100,G,200"),
    ("label", True): (".blue", ".blue.bl%26ck.br%C3%B6wn", ".x=a%2Fb.R=100.G=200"),
    ("matrix", False): (";color=blue", ";color=blue,bl%26ck,br%C3%B6wn", ";color=x,a%2Fb,R,100,G,200"),
    ("matrix", True): (";color=blue", ";color=blue;color=bl%26ck;color=br%C3%B6wn", ";x=a%2Fb;R=100;G=200"),
}
FORM = ("color=blue", "color=blue&color=bl%26ck&color=br%C3%B6wn", "x=a%2Fb&R=100&G=200")
DEEP = ("", "", "color%5Bx%5D=a%2Fb&color%5BR%5D=100&color%5BG%5D=200")
QUERIES = {
    ("form", False): ("color=blue", "color=blue,bl%26ck,br%C3%B6wn", "color=x,a%2Fb,R,100,G,200"),
    ("form", True): FORM,
    ("spaceDelimited", False): ("", "color=blue%20bl%26ck%20br%C3%B6wn", "color=x%20a%2Fb%20R%20100%20G%20200"),
    ("spaceDelimited", True): FORM,
    ("pipeDelimited", False): ("", "color=blue%7Cbl%26ck%7Cbr%C3%B6wn", "color=x%7Ca%2Fb%7CR%7C100%7CG%7C200"),
    ("pipeDelimited", True): FORM,
    ("deepObject", False): DEEP,
    ("deepObject", True): DEEP,
    ("reserved", False): ("color=blue", "color=blue,bl%26ck,br%C3%B6wn", "color=x,a/b,R,100,G,200"),
    ("reserved", True): (*FORM[:2], "x=a/b&R=100&G=200"),
}
HEADERS = {
    False: ("blue", "blue,bl&ck,bröwn", "x,a/b,R,100,G,200"),
    True: ("blue", "blue,bl&ck,bröwn", "x=a/b,R=100,G=200"),
}
WAYS = {way.name: way for way in ways()}


def documented(way: Way) -> str:
    """Return what the table says of the values above."""
    index = ["text", "array", "object"].index(way.kind)
    if way.style == "json":
        value = VALUES[way.kind] if way.kind != "object" else {"x": "a/b", "R": 100, "G": 200}
        text = json.dumps(value, separators=(",", ":"))
        if way.location == "header":
            return text
        return quote(text, safe="") if way.location == "path" else f"color={quote(text, safe='')}"
    if way.location == "path":
        return PATHS[way.style, way.explode][index]
    if way.location == "query":
        return QUERIES[way.style, way.explode][index]
    return HEADERS[way.explode][index] if way.location == "header" else f"color={HEADERS[way.explode][index]}"


def sent(way: Way, request: httpx.Request) -> str:
    """Return what a request has for the parameter."""
    path, _, query = request.url.raw_path.decode().partition("?")
    if way.location == "path":
        return path.rpartition("/")[2]
    if way.location == "query":
        return query
    return next(value.decode("latin-1") for name, value in request.headers.raw if name.lower() in {b"color", b"cookie"})


def argument(way: Way) -> Any:
    """Return the value as the package takes it."""
    value = VALUES[way.kind]
    model = importlib.import_module("colors_client.models").Color
    if (way.location, way.style) == ("cookie", "form"):  # it is ASCII
        value = json.loads(json.dumps(value, ensure_ascii=False).replace("ö", "o"))
    return model.from_dict(value) if way.kind == "object" else value


@pytest.mark.parametrize("name", WAYS)
def test_a_parameter_is_sent_as_documented(package: ModuleType, name: str) -> None:
    way, requests = WAYS[name], list[httpx.Request]()

    def handle(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(204)

    expected = documented(way).replace("ö", "o") if way.location == "cookie" else documented(way)
    transport = httpx.MockTransport(handle)
    with package.Colors(base_url="https://api.example.com", transport=transport) as api:
        getattr(api.colors, name)(color=argument(way))

    async def call() -> None:
        async with package.AsyncColors(base_url="https://api.example.com", transport=transport) as api:
            await getattr(api.colors, name)(color=argument(way))

    asyncio.run(call())
    assert [sent(way, request) for request in requests] == [expected, expected]


@pytest.mark.parametrize(
    "name", ["query_deepobject_exploded_object", "path_label_whole_object", "query_json_whole_object"]
)
def test_an_object_is_checked_first_if_that_is_asked_for(package: ModuleType, name: str) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(204, request=request)

    model = importlib.import_module("colors_client.models").Color
    with package.Colors(validate=True, transport=httpx.MockTransport(handle)) as api:
        getattr(api.colors, name)(color=model.from_dict({"R": 1}))
        with pytest.raises(package.RequestValidationError, match=r"color\.R"):
            getattr(api.colors, name)(color=model.from_dict({"R": 256}))


def test_the_function_of_the_generator_sends_the_same(package: ModuleType) -> None:
    requests: list[httpx.Request] = []
    stock = importlib.import_module("colors_client.api.colors.query_deepobject_exploded_object")

    def handle(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(204)

    client = package.Client(base_url="https://api.example.com", httpx_args={"transport": httpx.MockTransport(handle)})
    stock.sync_detailed(client=client, color=argument(WAYS["query_deepobject_exploded_object"]))
    assert requests[0].url.query.decode() == DEEP[2]


@pytest.mark.parametrize(
    "name",
    [
        "query_form_whole_array",
        "query_reserved_whole_array",
        "query_spacedelimited_whole_array",
        "path_label_exploded_array",
        "header_simple_whole_array",
        "cookie_form_whole_array",
    ],
)
def test_what_would_be_divided_is_refused(package: ModuleType, name: str) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(204, request=request)

    with package.Colors(base_url="https://api.example.com", transport=httpx.MockTransport(handle)) as api:
        method = getattr(api.colors, name)
        if name in {"query_form_whole_array", "query_reserved_whole_array"}:
            method(color=["a,b c.d"])  # in a query it can be told apart
        else:
            with pytest.raises(package.RequestValidationError, match="color has a text in it"):
                method(color=["a,b c.d"])


def test_a_credential_in_the_query_leaves_the_rest_as_it_is() -> None:
    endpoint: Endpoint[None] = Endpoint("x", "GET", "/x", (), {}, {})
    drafted = draft("https://api.example.com", endpoint, {"url": "/x?color=a,b%2Fc"}, None)
    secret = Applied("query", "key", "s&cret", ("s&cret",))
    made = request(None, Form(Raw(), (), (), ()), drafted, [secret], None)
    assert made.url.query == b"color=a,b%2Fc&key=s%26cret"
    assert "s%26cret" not in str(made.url)


def test_the_command_line_sends_the_same(package: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    requests: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(204)

    client = functools.partial(package.Colors, transport=httpx.MockTransport(handle))
    monkeypatch.setattr(package, "Colors", client)
    main = importlib.import_module("colors_client.commands").main
    values = {"deepobject-exploded-object": [json.dumps(VALUES["object"])], "form-whole-array": VALUES["array"]}
    for name, given in values.items():
        options = [each for value in given for each in ("--color", value)]
        monkeypatch.setattr("sys.argv", ["colors", "colors", f"query-{name}", *options])
        assert main() == 0
    assert [request.url.query.decode() for request in requests] == [DEEP[2], QUERIES["form", False][1]]
