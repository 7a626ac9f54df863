"""The README of a package shows code that runs, for each way to name a credential and each kind of value."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest

from specloom.generate import generate

Write = Callable[..., Path]
Send = Callable[[dict[str, Any] | None, dict[str, Any] | None], httpx.Request]


@pytest.fixture
def send(write: Write, output: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Send]:
    """Run the README's code for an API with a security scheme or a query parameter; return the request it sends."""
    requests: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(200, json={"name": "y"})

    make = httpx.Client.__init__

    def make_offline(self: httpx.Client, **arguments: Any) -> None:
        make(self, transport=httpx.MockTransport(answer), **arguments)

    monkeypatch.setattr(httpx.Client, "__init__", make_offline)

    def run(scheme: dict[str, Any] | None, schema: dict[str, Any] | None) -> httpx.Request:
        def change(document: dict[str, Any]) -> None:
            operation = document["paths"]["/pets/{id}"]["post"]
            if scheme is not None:
                document["components"]["securitySchemes"] = {"key": scheme}
                operation["security"] = [{"key": []}]
            if schema is not None:
                example = schema.pop("value")
                operation["parameters"].append(
                    {"name": "in.value", "in": "query", "schema": schema, "examples": {"one": {"value": example}}}
                )

        generate([write("pets", change)], output)
        readme = (output / "pets/README.md").read_text()
        (code,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
        monkeypatch.syspath_prepend(str(output / "pets"))
        exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - it is what is tested
        assert import_module("pets_client").__name__ == "pets_client"
        (request,) = requests
        return request

    yield run
    for name in [name for name in sys.modules if name.partition(".")[0] == "pets_client"]:
        del sys.modules[name]


def test_the_example_is_sent(send: Send) -> None:
    request = send(None, None)
    assert str(request.url) == "https://api.example.com/pets/a-1"
    assert request.method == "POST"
    assert request.content.replace(b" ", b"") == b'{"name":"x"}'
    assert "authorization" not in request.headers


@pytest.mark.parametrize(
    ("scheme", "sent"),
    [
        ({"type": "http", "scheme": "bearer"}, ("authorization", "Bearer your-token")),
        ({"type": "http", "scheme": "Basic"}, ("authorization", "Basic eW91ci11c2VyOnlvdXItcGFzc3dvcmQ=")),
        ({"type": "apiKey", "in": "header", "name": "X-Key"}, ("x-key", "your-key")),
        ({"type": "apiKey", "in": "cookie", "name": "key"}, ("cookie", "key=your-key")),
        (
            {
                "type": "oauth2",
                "flows": {"clientCredentials": {"tokenUrl": "https://example.com", "scopes": {}}},
            },
            ("authorization", "Bearer your-token"),
        ),
    ],
)
def test_a_credential_goes_where_it_belongs(send: Send, scheme: dict[str, Any], sent: tuple[str, str]) -> None:
    assert send(scheme, None).headers[sent[0]] == sent[1]


def test_a_key_in_the_query_goes_there(send: Send) -> None:
    assert send({"type": "apiKey", "in": "query", "name": "key"}, None).url.params["key"] == "your-key"


@pytest.mark.parametrize(
    ("schema", "sent"),
    [
        ({"type": "string", "value": "it's"}, "it's"),
        ({"type": "integer", "value": 3}, "3"),
        ({"type": "boolean", "value": True}, "true"),
        ({"type": "string", "format": "date-time", "value": "2024-01-02T03:04:05Z"}, "2024-01-02T03:04:05+00:00"),
        ({"type": "string", "format": "date", "value": "2024-01-02"}, "2024-01-02"),
        (
            {"type": "string", "format": "uuid", "value": "3f0b2f5e-7b3f-4a5e-9c55-0d2c8f1d6a11"},
            "3f0b2f5e-7b3f-4a5e-9c55-0d2c8f1d6a11",
        ),
    ],
)
def test_a_value_is_made_what_the_client_takes(send: Send, schema: dict[str, Any], sent: str) -> None:
    assert send(None, schema).url.params["in.value"] == sent
