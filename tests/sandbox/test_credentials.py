"""An API key is found where its scheme says, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from specloom.sandbox.credentials import Guard
from specloom.sandbox.message import Request
from specloom.spec import Api, Credential, SecurityScheme
from specloom.spec.loading import read_api
from specloom.spec.reading import parse

SPEC = """
openapi: 3.1.0
info: {title: Keys, version: 1.0.0}
paths:
  /a:
    get:
      operationId: a
      security: [{key: []}]
      responses: {'200': {description: Fine.}}
components:
  securitySchemes:
    key:
      type: apiKey
      in: LOCATION
      name: X-Key
      x-credentials: [{tenant: north, token: k1}, {tenant: south, token: k2}]
"""
REQUESTS = {
    "header": Request("GET", "/a", headers=(("x-key", "k2"),)),
    "query": Request("GET", "/a", query="b=1&X-Key=k2"),
    "cookie": Request("GET", "/a", headers=(("cookie", "b=1; X-Key=k2"),)),
}


def _api(location: str, security: str = "[{key: []}]") -> Api:
    text = SPEC.replace("LOCATION", location).replace("[{key: []}]", security)
    return read_api(parse(text, Path("keys.yaml")), "keys")


@pytest.mark.parametrize("sent", REQUESTS)
@pytest.mark.parametrize("location", REQUESTS)
def test_an_api_key_is_found_where_its_scheme_says(location: str, sent: str) -> None:
    api = _api(location)
    found = Guard(api.operations[0], api.security_schemes).credential(REQUESTS[sent])
    assert (found is not None and found.tenant == "south") == (location == sent)


def test_a_key_that_is_sent_twice_is_none() -> None:
    api = _api("query")
    twice = Request("GET", "/a", query="X-Key=k1&X-Key=k1")
    assert Guard(api.operations[0], api.security_schemes).credential(twice) is None


def test_schemes_of_one_alternative_are_needed_together() -> None:
    api = _api("header", security="[{key: [], more: []}]")
    more = SecurityScheme("more", "", "http", "bearer", None, None, (Credential("south", token="t"),))  # noqa: S106 - made up
    guard = Guard(api.operations[0], {**api.security_schemes, "more": more})
    both = Request("GET", "/a", headers=(("x-key", "k2"), ("authorization", "Bearer t")))
    assert guard.credential(REQUESTS["header"]) is None
    assert guard.credential(both) is not None
