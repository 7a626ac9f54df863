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
Send = Callable[[dict[str, Any] | None, dict[str, Any] | None], list[httpx.Request]]


@pytest.fixture
def send(write: Write, output: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Send]:
    """Run the README's code for an API with a security scheme or a query parameter; return the requests it sends."""
    requests: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(200, json={"name": "y"})

    for client in (httpx.Client, httpx.AsyncClient):
        monkeypatch.setattr(client, "__init__", _offline(client.__init__, answer))

    def run(scheme: dict[str, Any] | None, schema: dict[str, Any] | None) -> list[httpx.Request]:
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
        monkeypatch.syspath_prepend(str(output / "pets"))
        for code in re.findall(r"```python\n(.*?)```", readme, re.DOTALL):
            # The sandbox has no credentials of an API without any in its spec.
            if scheme is None or "127.0.0.1" not in code:
                exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - it is what is tested
        assert import_module("pets_client").__name__ == "pets_client"
        return requests

    yield run
    for name in [name for name in sys.modules if name.partition(".")[0] == "pets_client"]:
        del sys.modules[name]


def _offline(make: Callable[..., None], answer: Callable[[httpx.Request], httpx.Response]) -> Callable[..., None]:
    def make_offline(self: Any, **arguments: Any) -> None:
        make(self, **{**arguments, "transport": httpx.MockTransport(answer)})

    return make_offline


def test_the_example_is_sent_by_each_snippet(send: Send) -> None:
    requests = send(None, None)
    assert len(requests) == 5
    for request in requests:
        assert str(request.url) in {"https://api.example.com/pets/a-1", "http://127.0.0.1:8000/pets/pets/a-1"}
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
    requests = send(scheme, None)
    assert len(requests) == 5
    assert {request.headers[sent[0]] for request in requests} == {sent[1]}


def test_a_key_in_the_query_goes_there(send: Send) -> None:
    requests = send({"type": "apiKey", "in": "query", "name": "key"}, None)
    assert {request.url.params["key"] for request in requests} == {"your-key"}


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
    assert {request.url.params["in.value"] for request in send(None, schema)} == {sent}
