"""The sandbox reads parameters by their styles: what divides a text is not encoded in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from specloom.sandbox.message import Request
from specloom.sandbox.parameters import ParameterReader
from specloom.sandbox.routing import Router
from specloom.spec import load_api

TEXTS = {"type": "array", "items": {"type": "string"}}
NUMBERS = {"type": "array", "items": {"type": "integer"}}
CLOSED = {"type": "object", "properties": {"a": {"type": "integer"}}, "additionalProperties": False}
OPEN = {"type": "object", "properties": {"a": {"type": "integer"}}, "additionalProperties": {"type": "boolean"}}
NESTED = {"type": "object", "properties": {"a": NUMBERS}}
CASES: dict[str, tuple[dict[str, Any], str, Any]] = {
    "a comma in an element": ({"in": "query", "explode": False, "schema": TEXTS}, "?p=a%2Cb,c", ["a,b", "c"]),
    "an element with a comma": ({"in": "query", "explode": False, "schema": TEXTS}, "?p=a%2Cb", ["a,b"]),
    "commas encoded where nothing else fits": (
        {"in": "query", "explode": False, "schema": NUMBERS},
        "?p=1%2C2",
        [1, 2],
    ),
    "a comma in a path": ({"in": "path", "schema": TEXTS}, "/a%2Cb,c", ["a,b", "c"]),
    "numbers with encoded commas in a path": ({"in": "path", "schema": NUMBERS}, "/1%2C2", [1, 2]),
    "an exploded label": ({"in": "path", "style": "label", "explode": True, "schema": TEXTS}, "/.a,b.c", ["a,b", "c"]),
    "an empty matrix": ({"in": "path", "style": "matrix", "schema": {"type": "string"}}, "/;p", ""),
    "a matrix whose name is encoded": ({"in": "path", "style": "matrix", "schema": TEXTS}, "/;%70=a,b", ["a", "b"]),
    "members without a name": ({"in": "query", "schema": OPEN}, "?a=1&b=true&q=x&key=s", {"a": 1, "b": True}),
    "members of an object that names all": ({"in": "query", "schema": CLOSED}, "?a=1&b=true", {"a": 1}),
    "JSON in a member": ({"in": "query", "schema": NESTED}, "?a=%5B1%2C2%5D", {"a": [1, 2]}),
    "JSON in a cookie": (
        {"in": "cookie", "content": {"application/json": {"schema": TEXTS}}},
        "p=%5B%22a%22%5D",
        ["a"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_text_is_read_by_its_style(tmp_path: Path, case: str) -> None:
    parameter, text, value = CASES[case]
    in_path = parameter["in"] == "path"
    operation = {
        "operationId": "read",
        "parameters": [
            {"name": "p", "required": True, **parameter},
            {"name": "q", "in": "query", "schema": {"type": "string"}},
        ],
        "responses": {"204": {"description": "Read."}},
    }
    document = {
        "openapi": "3.1.0",
        "x-foreign": True,
        "info": {"title": "Styles", "version": "1.0.0"},
        "paths": {"/x/{p}" if in_path else "/x": {"get": operation}},
        "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": "key"}}},
    }
    path = tmp_path / "styles" / "openapi.json"
    path.parent.mkdir()
    path.write_text(json.dumps(document), "utf-8")
    api = load_api(path)
    in_cookie = parameter["in"] == "cookie"
    target, _, query = ("/x" if in_cookie else f"/x{text}").partition("?")
    match = Router((each.path, each.method, each) for each in api.operations).find(target)
    assert match is not None
    reader = ParameterReader(api.operations[0].parameters, api.schemas, api.document)
    request = Request("GET", target, query, (("cookie", text),) if in_cookie else ())
    found, faults = reader.read(request, match.values)
    assert (faults, found[f"request.{parameter['in']}"]["p"]) == ([], value)
