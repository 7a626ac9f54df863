"""What tests of the made-up API's facade are made of: its credentials, a server, and models by name."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any, Final

import httpx

SECRETS: Final = {
    "key_in_header": "header-key",
    "key_in_query": "query-key",
    "key_in_cookie": "cookie-key",
    "user": "me",
    "password": "mine",
    "token": "tok",
}


class Server:
    """Answers every request alike, and keeps them."""

    def __init__(self) -> None:
        """Start with no requests."""
        self.requests: list[httpx.Request] = []
        self.answer = httpx.Response(200)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        self.requests.append(request)
        return self.answer

    def answers(self, status: int, **content: Any) -> None:
        """Let it answer so from now on."""
        self.answer = httpx.Response(status, **content)

    @property
    def request(self) -> httpx.Request:
        """The last request."""
        return self.requests[-1]


def model(package: ModuleType, name: str, value: Any) -> Any:
    return getattr(importlib.import_module(f"{package.__name__}.models"), name).from_dict(value)
