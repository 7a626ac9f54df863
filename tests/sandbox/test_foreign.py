"""A sandbox of a foreign spec answers each operation, whatever the spec makes of paths, schemas and media types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from specloom.fuzz.successes import ask_each
from specloom.fuzz.wire import HttpWire
from specloom.sandbox import RunningSandbox, Sandbox
from specloom.spec import Api, load_api

PAIR = {"allOf": [{"$ref": "#/components/schemas/Closed"}], "required": ["b"], "properties": {"b": {"type": "integer"}}}
SCHEMAS = {
    "Closed": {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": False},
    "Pair": PAIR,
    "Tree": {
        "type": "object",
        "properties": {"below": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}},
    },
}


def _foreign(tmp_path: Path, paths: Any, **more: Any) -> Api:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Kites", "version": "1.0.0"},
        "x-foreign": True,
        "paths": paths,
        "components": {"schemas": SCHEMAS, **more.pop("components", {})},
        **more,
    }
    folder = tmp_path / "kites"
    folder.mkdir()
    (folder / "openapi.yaml").write_text(json.dumps(document), encoding="utf-8")
    return load_api(folder / "openapi.yaml")


def _get(schema: Any = None, **more: Any) -> dict[str, Any]:
    content = {"content": {"application/json": {"schema": schema}}} if schema is not None else {}
    return {"responses": {"200": {"description": "Good.", **content}}, **more}


def _problems(api: Api) -> dict[str, str]:
    with RunningSandbox(Sandbox([api])) as sandbox:
        wire = HttpWire(f"{sandbox.url}/{api.name}", 10)
        found = {each.operation: each.problem for each in ask_each(api, wire)}
        wire.close()
    return found


def _in_path(name: str, schema: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema, **more}


LIST = {"type": "array", "items": {"type": "integer"}, "minItems": 2}
RECORD = {"type": "object", "required": ["x", "y"], "properties": {"x": {"type": "integer"}, "y": {"type": "boolean"}}}
STYLES = [
    *(_in_path("p", schema, style=style, explode=explode) for schema in ({"type": "integer"}, LIST, RECORD)
      for style in ("simple", "label", "matrix") for explode in (False, True)),
    *({"name": "p", "in": "query", "required": True, "schema": schema, "style": style, "explode": explode}
      for style in ("form", "spaceDelimited", "pipeDelimited") for schema in (LIST, RECORD)
      for explode in (False, True)),
    {"name": "p", "in": "query", "required": True, "style": "deepObject", "explode": True, "schema": {
        "type": ["object", "null"], "required": ["a"], "properties": {
            "a": {"type": "object", "required": ["b", "c"], "properties": {"b": {"type": "integer"}, "c": LIST}}}}},
    *({"name": "p", "in": where, "required": True, "schema": schema, "explode": explode}
      for where in ("header", "cookie") for schema in (LIST, RECORD) for explode in (False, True)
      if where == "header" or not explode),
    {"name": "p", "in": "query", "required": True, "schema": {"oneOf": [{"type": "string"}, LIST]}},
    {"name": "p", "in": "query", "required": True, "content": {"application/json": {"schema": RECORD}}},
    {"name": "Authorization", "in": "header", "required": True, "schema": {"type": "integer"}},
]  # fmt: skip


def _named(parameter: dict[str, Any]) -> str:
    style = f"{parameter.get('style', '')}{'*' if parameter.get('explode') else ''}"
    return f"{parameter['in']}-{parameter['name']}-{style}-{parameter.get('schema', {}).get('type')}"


@pytest.mark.parametrize("parameter", STYLES, ids=_named)
def test_a_parameter_in_each_style_is_read(parameter: dict[str, Any], tmp_path: Path) -> None:
    path = "/kites/{p}" if parameter["in"] == "path" else "/kites"
    assert _problems(_foreign(tmp_path, {path: {"get": _get(parameters=[parameter])}})) == {f"GET {path}": ""}


@pytest.mark.parametrize(
    "paths",
    [
        {"/kites/{id}.json": {"get": _get()}, "/kites/{id}:fly": {"post": _get()}, "/kites/{id}": {"put": _get()}},
        {"/kites": {"get": _get({"const": 1})}, "/kites#all": {"get": _get({"const": 2}), "put": _get({"const": 3})}},
        {"/?do=fly": {"get": _get({"const": 1})}, "/?do=land": {"get": _get({"const": 2})}},
        {"/kites/a b(c)/<d>": {"get": _get()}, "/$meta": {"get": _get()}, "/é": {"get": _get()}},
        {"/kites/{id}": {"get": _get()}, "/kites/best": {"post": _get()}},
    ],
    ids=["suffixes", "fragments", "queries", "characters", "overlapping"],
)
def test_each_path_leads_to_an_operation(paths: Any, tmp_path: Path) -> None:
    for path, item in paths.items():
        if "{id}" in path:
            item["parameters"] = [_in_path("id", {"type": "string"})]
    assert set(_problems(_foreign(tmp_path, paths)).values()) == {""}


def test_paths_that_differ_in_the_names_of_parameters_are_told_apart_by_their_schemas(tmp_path: Path) -> None:
    number, word = _in_path("id", {"type": "integer"}), _in_path("name", {"type": "string", "pattern": "^[a-z]+$"})
    paths = {
        "/kites/{id}": {"parameters": [number], "get": _get({"const": "by id"})},
        "/kites/{name}": {"parameters": [word], "get": _get({"const": "by name"}), "put": _get({"const": "put"})},
    }
    assert set(_problems(_foreign(tmp_path, paths)).values()) == {""}


@pytest.mark.parametrize(
    "media_type",
    ["application/xml", "text/csv", "text/event-stream", "image/png", "*/*", "application/*", "text/*",
     "application/x-ndjson", "application/problem+json"],
)  # fmt: skip
@pytest.mark.parametrize("schema", ["Tree", "Pair", None])
def test_each_media_type_is_answered(media_type: str, schema: str | None, tmp_path: Path) -> None:
    content = {} if schema is None else {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    responses = {"2XX": {"description": "Good.", "content": {media_type: content}}}
    assert _problems(_foreign(tmp_path, {"/kites": {"get": {"responses": responses}}})) == {"GET /kites": ""}


@pytest.mark.parametrize(
    "media_type", ["application/xml", "multipart/form-data", "application/x-www-form-urlencoded", "text/plain", "*/*"]
)
def test_each_media_type_is_taken(media_type: str, tmp_path: Path) -> None:
    members = {"n": {"type": "integer"}, "list": LIST, "whole": RECORD, "file": {"type": "string", "format": "binary"}}
    schema = {"type": "object", "required": [*members], "properties": members}
    body = {"required": True, "content": {media_type: {"schema": schema}}}
    paths = {"/kites": {"post": _get(requestBody=body)}}
    assert _problems(_foreign(tmp_path, paths)) == {"POST /kites": ""}


@pytest.mark.parametrize("status", ["204", "302", "default", "2XX"])
@pytest.mark.parametrize("method", ["get", "head", "options", "trace"])
def test_each_status_is_answered(status: str, method: str, tmp_path: Path) -> None:
    headers = {"Location": {"schema": {"type": "string"}}, "Content-Length": {"schema": {"type": "integer"}}}
    responses = {status: {"description": "Good.", "headers": headers}, "400": {"description": "Bad."}}
    paths = {"/kites": {method: {"responses": responses}}}
    assert _problems(_foreign(tmp_path, paths)) == {f"{method.upper()} /kites": ""}


@pytest.mark.parametrize(
    "scheme",
    [
        *({"type": "http", "scheme": name} for name in ("basic", "bearer", "digest", "HOBA")),
        *({"type": "apiKey", "name": "Key", "in": where} for where in ("header", "query", "cookie")),
        {"type": "oauth2", "flows": {}},
        {"type": "openIdConnect", "openIdConnectUrl": "https://id.example.com/.well-known/openid-configuration"},
        {"type": "mutualTLS"},
    ],
    ids=lambda scheme: "-".join(str(each) for each in scheme.values() if isinstance(each, str))[:30],
)
def test_a_credential_of_any_kind_is_let_in(scheme: dict[str, Any], tmp_path: Path) -> None:
    api = _foreign(
        tmp_path, {"/kites": {"get": _get()}}, components={"securitySchemes": {"one": scheme}}, security=[{"one": []}]
    )
    assert _problems(api) == {"GET /kites": ""}


def test_an_example_that_breaks_its_schema_is_mended_or_replaced(tmp_path: Path) -> None:
    schema = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}}
    operations = {
        name: _get(schema) | {"responses": {"200": {"description": "Good.", "content": {
            "application/json": {"schema": schema, "example": example}}}}}
        for name, example in (("get", {"a": "kept", "b": "no"}), ("put", {"a": 1}))
    }  # fmt: skip
    api = _foreign(tmp_path, {"/kites": operations})
    assert _problems(api) == {"GET /kites": "", "PUT /kites": ""}


def test_what_a_schema_that_nothing_satisfies_asks_for_is_not_demanded(tmp_path: Path) -> None:
    schema = {"$ref": "#/components/schemas/Pair"}
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    parameter = {"name": "at", "in": "query", "required": True, "schema": {"enum": ["YYYY"], "format": "date-time"}}
    paths = {"/kites": {"post": _get(schema, requestBody=body, parameters=[parameter])}}
    assert _problems(_foreign(tmp_path, paths)) == {"POST /kites": ""}
