"""What the console makes its forms of says what the spec says, for any spec."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from specloom.sandbox.console import forms
from specloom.spec import Api
from specloom.spec.loading import read_api
from specloom.spec.reading import parse

ODD = """
openapi: 3.1.0
info: {title: Odd, version: 1.0.0}
paths:
  /:
    get:
      operationId: root
      security: [{}, {key: [], person: []}, {cookie: []}]
      parameters:
        - {name: tags, in: query, schema: {type: array, items: {$ref: '#/components/schemas/Tag'}}}
      responses:
        default: {description: Anything.}
components:
  schemas:
    Tag: {type: integer}
  securitySchemes:
    key: {type: apiKey, in: query, name: k, x-credentials: [{tenant: a, token: t1}, {tenant: b, token: t2}]}
    person: {type: http, scheme: basic, x-credentials: [{tenant: a, user: u, password: p}]}
    cookie: {type: apiKey, in: cookie, name: c, x-credentials: [{tenant: b, token: t3, forbidden: true}]}
"""


def _operation(api: Api, name: str) -> dict[str, Any]:
    found = forms(api, mount="/x", snippets=False)["operations"]
    operation: dict[str, Any] = next(each for each in found if each["id"] == name)
    return operation


@pytest.fixture
def odd() -> Api:
    """An API of one operation without behaviour, with credentials that belong together."""
    return read_api(parse(ODD, Path("odd.yaml")), "odd")


def test_a_choice_of_credentials_has_all_that_an_operation_needs(odd: Api) -> None:
    choices = _operation(odd, "root")["credentials"]
    assert [(each["tenant"], each["forbidden"], each["schemes"]) for each in choices] == [
        ("a", False, "API key k and user and password"),
        ("b", True, "API key c"),
    ]
    assert choices[0]["sends"] == [
        {"in": "query", "name": "k", "value": "t1"},
        {"in": "header", "name": "Authorization", "value": "Basic dTpw"},
    ]


def test_an_array_says_what_its_items_are(odd: Api) -> None:
    assert _operation(odd, "root")["parameters"][0]["schema"]["items"] == {"type": "integer"}


def test_an_api_without_records_has_no_kinds(odd: Api) -> None:
    assert forms(odd, mount="/odd", snippets=True)["kinds"] == []


@pytest.mark.parametrize(
    ("name", "operation", "fills"),
    [
        ("fastpod", "cancelOrder", [("/id", "path", "/id")]),
        ("fuuffy", "cancelPickup", [("/order_id", "body", "/order_id")]),
        ("fuuffy", "rejectPickpack", [("/order_id", "body", "/orders/0/order_id")]),
        (
            "ppl",
            "cancelOrder",
            [("/customerReference", "query", "/customerReference"), ("/orderReference", "query", "/orderReference")],
        ),
    ],
)
def test_a_record_can_be_written_to_where_a_request_names_it(
    load: Callable[[str], Api], name: str, operation: str, fills: list[tuple[str, str, str]]
) -> None:
    found = _operation(load(name), operation)["transition"]["fills"]
    assert [(each["member"], each["in"], each["pointer"]) for each in found] == fills


def test_kinds_list_the_states_of_their_schema_and_a_record_of_a_fresh_sandbox(apis: list[Api]) -> None:
    for api in apis:
        for kind in forms(api, mount=f"/{api.name}", snippets=False)["kinds"]:
            states = {group.state for group in api.records[kind["name"]].seeds if group.state is not None}
            assert states <= set(kind["states"])
            assert kind["example"] == next(body for _, body in api.records[kind["name"]].seeded())
