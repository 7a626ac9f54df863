"""A sandbox of each API that is asked in process, without a server."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable, Mapping
from typing import Any

import attrs
import pytest

from specloom.sandbox import Sandbox, Store, open_store
from specloom.sandbox.message import Reply, Request
from specloom.spec import Api

BEARER = "Bearer sandbox-north-token"
SOUTH = "Bearer sandbox-south-token"
BASIC = "Basic " + base64.b64encode(b"sandbox-north:sandbox-north-secret").decode()


@attrs.frozen
class Caller:
    """Sends requests to a sandbox."""

    sandbox: Sandbox
    store: Store
    authorization: str

    def post(self, target: str, body: Any = None, *, raw: bytes | None = None, **headers: str) -> Reply:
        """POST `body` as JSON (or `raw` as it is) to `target`, a path with an optional query."""
        path, _, query = target.partition("?")
        content = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        sent = {"authorization": self.authorization, **({"content-type": "application/json"} if content else {})}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.send(Request("POST", path, query, tuple(sent.items()), content))

    def send(self, request: Request) -> Reply:
        """Send any request."""
        return asyncio.run(self.sandbox.handle(request))

    def states(self, api: Api, kind: str) -> Mapping[str, Any]:
        """Return the records of the first tenant by their first key."""
        key = api.records[kind].keys[0].removeprefix("/")
        return {body[key]: body for _, body in asyncio.run(self.store.records(api.name, kind, "north"))}


def value(reply: Reply) -> Any:
    """Return the JSON value of the body of `reply`."""
    return json.loads(reply.body)


@pytest.fixture
def call(load: Callable[[str], Api]) -> Callable[[str], Caller]:
    """Make a fresh sandbox of one API."""

    def make(name: str) -> Caller:
        store = open_store()
        api = load(name)
        basic = any(scheme.scheme == "basic" for scheme in api.security_schemes.values())
        return Caller(Sandbox([api], store), store, BASIC if basic else BEARER)

    return make
