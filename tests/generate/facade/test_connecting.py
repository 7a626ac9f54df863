"""Where the facade sends requests to, and with which credentials."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import httpx
import pytest

from .odd_shapes import SECRETS, Server, model


@pytest.mark.parametrize(
    ("secrets", "call", "sent"),
    [
        (SECRETS, lambda api: api.things.change(1), {"x-key": "header-key"}),
        ({"key_in_query": "q", "key_in_cookie": "c"}, None, {"cookie": "key=c"}),
        (SECRETS, lambda api: api.things.get(1), {"cookie": "key=cookie-key"}),
        (SECRETS, lambda api: api.things.picture(1), {"authorization": "Basic bWU6bWluZQ=="}),
        (SECRETS, lambda api: api.things.list(), {}),
        ({}, lambda api: api.things.import_things(), {}),
    ],
)
def test_a_credential_goes_where_the_operation_takes_it(
    package: ModuleType, server: Server, secrets: dict[str, str], call: Any, sent: dict[str, str]
) -> None:
    api = package.OddShapes(**secrets, transport=httpx.MockTransport(server))
    call = call or (lambda api: api.things.add(body=model(package, "Cat", {"pet": "cat"})))
    try:
        call(api)
    except package.ApiError as error:
        assert error.response is not None  # noqa: PT017 - the answer is that of no operation
    found = {name: server.request.headers.get(name) for name in ("x-key", "cookie", "authorization")}
    assert {name: value for name, value in found.items() if value is not None} == sent


def test_a_missing_credential_is_named(package: ModuleType, server: Server) -> None:
    api = package.OddShapes(transport=httpx.MockTransport(server))
    with pytest.raises(package.CredentialsError, match="key_in_cookie= or SHAPES_KEY_IN_COOKIE"):
        api.things.get(1)
    assert server.requests == []


def test_the_environment_gives_credentials_and_servers(
    package: ModuleType, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sent_to(**arguments: Any) -> str:
        server.answers(200, content=b"x")
        package.OddShapes(transport=httpx.MockTransport(server), **arguments).things.picture(1)
        assert server.request.headers["authorization"] == "Basic bWU6bWluZQ=="
        return str(server.request.url)

    monkeypatch.setenv("SHAPES_USER", "me")
    monkeypatch.setenv("SHAPES_PASSWORD", "mine")
    assert sent_to() == "https://eu.example.com/things/1/picture"
    assert sent_to(environment="testing") == "https://test.example.com/things/1/picture"
    monkeypatch.setenv("SHAPES_ENVIRONMENT", "testing")
    assert sent_to() == "https://test.example.com/things/1/picture"
    assert sent_to(environment="live") == "https://eu.example.com/things/1/picture"
    monkeypatch.setenv("SHAPES_BASE_URL", "http://127.0.0.1:1/a")
    assert sent_to() == "http://127.0.0.1:1/a/things/1/picture"
    assert sent_to(base_url="https://b.example") == "https://b.example/things/1/picture"
    assert sent_to(environment="testing") == "https://test.example.com/things/1/picture"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"environment": "nowhere"}, "there is no environment 'nowhere', only live, testing"),
        ({"environment": "live", "base_url": "https://a.example"}, "give either environment or base_url"),
        ({"base_url": "a.example"}, "must start with http:// or https://"),
        ({"base_url": "file:///etc"}, "must start with http:// or https://"),
    ],
)
def test_a_server_that_is_none_is_refused(connect: Callable[..., Any], arguments: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        connect(**arguments)
