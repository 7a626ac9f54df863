from __future__ import annotations

from typing import Any

import pytest
from tests.release.compat.documents import PATH, document, judged, of_operation, only, parcels

from specloom.release.compat.pairing.media import covers, normal
from specloom.release.compat.wire import wire_changes

OBJECT = {"schema": {"type": "object"}}
BEARER = {"type": "http", "scheme": "bearer"}
KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}


def secured(schemes: Any, *alternatives: Any) -> Any:
    return parcels({"components": {"securitySchemes": schemes}, "security": list(alternatives)})


def at_path(path: str, name: str, **more: Any) -> Any:
    parameter = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
    return parcels({"paths": {PATH: None, path: {"post": {"parameters": [parameter], "responses": {}, **more}}}})


def test_the_name_of_a_path_variable_is_no_part_of_the_path() -> None:
    assert judged(at_path("/parcels/{number}", "number"), at_path("/parcels/{id}", "id")) == {
        "path-parameter-renamed": "none"
    }


def test_what_refers_to_a_renamed_path_variable_is_the_same() -> None:
    base, revision = (
        at_path(f"/parcels/{{{name}}}", name, **{"x-ensures": [f"$response.body#/number == $request.path.{name}"]})
        for name in ("number", "id")
    )

    assert judged(base, revision) == {"path-parameter-renamed": "none"}


def test_an_operation_that_moved_is_compared_too() -> None:
    base = at_path("/parcels/{number}", "number", operationId="hold")
    revision = at_path("/parcels/{number}/stop", "number", operationId="hold", deprecated=True)

    assert judged(base, revision) == {"operation-moved": "breaking", "deprecated": "additive"}


def test_a_parameter_of_the_path_is_one_of_its_operations() -> None:
    parameter = {"name": "depot", "in": "query", "schema": {"type": "string"}}
    shared = parcels({"paths": {PATH: {"parameters": [parameter]}}})

    assert judged(shared, of_operation({"parameters": [parameter]})) == {}
    assert judged(parcels(), shared) == {"optional-parameter-added": "additive"}


def test_an_operation_overrides_a_parameter_of_its_path() -> None:
    parameter = {"name": "depot", "in": "query", "schema": {"type": "string"}}
    shared = {"paths": {PATH: {"parameters": [parameter]}}}
    overriding = {
        "paths": {PATH: {"parameters": [parameter], "post": {"parameters": [{**parameter, "required": True}]}}}
    }

    assert only(parcels(shared), parcels(overriding)).rule == "parameter-became-required"


def test_headers_ignore_case_and_standard_ones_are_ignored() -> None:
    def headers(*names: str) -> Any:
        return of_operation({"parameters": [{"name": name, "in": "header", "schema": {}} for name in names]})

    assert judged(headers("X-Depot"), headers("x-depot", "Accept", "authorization")) == {}


def test_a_parameter_by_reference_is_what_it_refers_to() -> None:
    parameter = {"name": "depot", "in": "query", "schema": {"type": "string"}}
    by_reference = parcels(
        {
            "components": {"parameters": {"Depot": parameter}},
            "paths": {PATH: {"post": {"parameters": [{"$ref": "#/components/parameters/Depot"}]}}},
        }
    )

    assert judged(by_reference, of_operation({"parameters": [parameter]})) == {}


@pytest.mark.parametrize(
    ("wide", "narrow", "expected"),
    [
        ("*/*", "application/json", True),
        ("application/*", "application/json", True),
        ("application/json", "application/*", False),
        ("application/*+json", "application/problem+json", True),
        ("text/plain", "text/plain;charset=utf-8", True),
        ("text/plain;charset=utf-8", "text/plain", False),
        ("text/*", "application/json", False),
    ],
)
def test_a_range_of_media_types_covers_those_in_it(wide: str, narrow: str, *, expected: bool) -> None:
    assert covers(wide, narrow) is expected


def test_a_charset_says_nothing_of_json() -> None:
    assert normal("Application/JSON; charset=UTF-8") == "application/json"
    assert normal("text/plain; charset=UTF-8") == "text/plain;charset=utf-8"


def test_the_schema_of_a_media_type_is_compared_with_that_of_the_range_that_takes_its_place() -> None:
    def body(media_type: str, kind: str) -> Any:
        return of_operation({"requestBody": {"content": {media_type: {"schema": {"type": kind}}}}})

    found = judged(body("application/json", "object"), body("application/*", "array"))

    assert found == {"type": "breaking", "request-media-type-added": "additive"}


def test_a_range_of_statuses_covers_those_in_it() -> None:
    def answered(**responses: Any) -> Any:
        return of_operation(
            {"responses": {name.strip("_"): {"description": "", **each} for name, each in responses.items()}}
        )

    body = {"content": {"application/json": OBJECT}}

    assert judged(answered(_4XX={}), answered(_404={}, _4XX={})) == {}
    assert judged(answered(_4XX={}), answered(_404={})) == {}
    assert judged(answered(default=body), answered(default=body, _404={})) == {"response-body-removed": "breaking"}
    assert judged(answered(), answered(_201=body, default={})) == {
        "success-status-added": "breaking",
        "error-status-added": "additive",
    }


def test_a_security_scheme_is_known_by_what_it_is() -> None:
    assert judged(secured({"a": BEARER, "b": KEY}, {"a": []}), secured({"x": KEY, "y": BEARER}, {"y": []})) == {}


def test_credentials_that_were_good_for_one_alternative_are_enough() -> None:
    schemes = {"bearer": BEARER, "key": KEY}

    both = secured(schemes, {"bearer": [], "key": []})
    either = secured(schemes, {"bearer": []}, {"key": []})

    assert set(judged(both, either).values()) == {"additive"}
    assert set(judged(either, both).values()) == {"breaking"}


def test_security_of_the_document_is_that_of_each_operation() -> None:
    schemes = {"components": {"securitySchemes": {"key": KEY}}}
    inherited = parcels({**schemes, "security": [{"key": []}]})
    own = parcels({**schemes, "paths": {PATH: {"post": {"security": [{"key": []}]}}}})
    without = parcels({**schemes, "security": [{"key": []}], "paths": {PATH: {"post": {"security": []}}}})

    assert judged(inherited, own) == {}
    assert judged(without, own) == {"security-became-required": "breaking"}


def test_servers_of_an_operation_take_the_place_of_those_of_the_document() -> None:
    def served(*urls: str, **own: Any) -> Any:
        return parcels({"servers": [{"url": url} for url in urls], "paths": {PATH: {"post": own}}})

    found = only(
        served("https://a.example", "https://b.example"),
        served("https://a.example", "https://b.example", servers=[{"url": "https://a.example"}]),
    )

    assert (found.rule, found.operation) == ("server-removed", f"POST {PATH}")


def called(key: str, request: Any, response: Any) -> Any:
    """Return a document in which the API calls the client, by a webhook or a callback."""
    operation = {"post": {**request, "responses": {"200": response}}}
    if key == "webhooks":
        return parcels({"webhooks": {"held": operation}})
    return of_operation({"callbacks": {"held": {"{$request.body#/url}": operation}}})


@pytest.mark.parametrize("key", ["webhooks", "callbacks"])
def test_where_the_api_calls_the_client_the_sides_are_swapped(key: str) -> None:
    def schema(maximum: int) -> Any:
        return {"content": {"application/json": {"schema": {"type": "integer", "maximum": maximum}}}}

    base = called(key, {"requestBody": schema(9)}, schema(9))

    assert only(base, called(key, {"requestBody": schema(10)}, schema(9))).severity.label == "breaking"
    assert only(base, called(key, {"requestBody": schema(8)}, schema(9))).severity.label == "additive"
    assert only(base, called(key, {"requestBody": schema(9)}, schema(8))).severity.label == "breaking"
    assert only(base, called(key, {"requestBody": schema(9)}, schema(10))).severity.label == "additive"


def test_a_webhook_that_gets_a_required_header_sends_more() -> None:
    header = {"parameters": [{"name": "X-Event", "in": "header", "required": True, "schema": {"type": "string"}}]}

    assert judged(called("webhooks", {}, {}), called("webhooks", header, {})) == {
        "required-parameter-added": "additive"
    }


def test_a_shared_component_is_one_finding_on_each_side_of_an_operation() -> None:
    def shared(maximum: int) -> Any:
        by_reference = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Weight"}}}}
        responses = {"200": {"description": "", **by_reference}, "400": {"description": "", **by_reference}}
        return document(
            {
                "openapi": "3.0.3",
                "info": {"title": "Parcels", "version": "1.0.0"},
                "paths": {"/parcels": {"post": {"requestBody": by_reference, "responses": responses}}},
                "components": {"schemas": {"Weight": {"type": "integer", "maximum": maximum}}},
            }
        )

    found = wire_changes(shared(9), shared(8))

    assert [(each.side.value, each.severity.label) for each in found] == [
        ("request", "breaking"),
        ("response", "additive"),
    ]


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
def test_each_version_of_openapi_3_is_compared(version: str) -> None:
    base = parcels({"openapi": version})

    assert judged(base, parcels({"openapi": version, "paths": {PATH: None}})) == {"operation-removed": "breaking"}


def test_further_methods_of_openapi_3_2_are_operations() -> None:
    base = parcels({"paths": {PATH: {"additionalOperations": {"COPY": {"responses": {}}}, "query": {"responses": {}}}}})

    assert [each.operation for each in wire_changes(base, parcels())] == [f"QUERY {PATH}", f"COPY {PATH}"]


def test_headers_that_share_a_definition_are_told_apart() -> None:
    def answered(*names: str) -> Any:
        headers = {name: {"$ref": "#/components/headers/Id"} for name in names}
        shared = {"components": {"headers": {"Id": {"required": True, "schema": {"type": "string"}}}}}
        responses = {status: {"description": "", "headers": headers} for status in ("200", "404")}
        return parcels({**shared, "paths": {PATH: {"post": {"responses": responses}}}})

    found = wire_changes(answered("X-A", "X-B"), answered())

    assert [each.where for each in found] == ["200 header X-A", "200 header X-B"]
