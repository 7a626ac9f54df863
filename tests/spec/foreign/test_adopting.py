"""What is adopted is valid, is written as YAML that is read back, and whatever it lost is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.spec.foreign.published import answering, schemas

from specloom.spec import SpecloomError, load_api
from specloom.spec.foreign import Adopted, adopt, write
from specloom.spec.reading import parse
from specloom.spec.validity import findings

Adopt = Callable[..., Adopted]
OK: dict[str, Any] = {"200": {"description": "Well."}}


def operations(found: Adopted) -> dict[str, Any]:
    """Return the operations by id."""
    return {each["operationId"]: each for item in found.data["paths"].values() for each in item.values()}


VERSIONS = {
    "1.2.3": "1.2.3", "v2": "2.0.0", "2024-10-01": "2024.10.1", "2020-09-14_1.5.0": "2020.9.14", "1.0.0-beta": "1.0.0",
    "latest": "0.1.0", "": "0.1.0",
}  # fmt: skip


@pytest.mark.parametrize("version", VERSIONS)
def test_the_version_becomes_that_of_a_package(adopted: Adopt, version: str) -> None:
    found = adopted({"info": {"title": "Parcels", "version": version}})
    assert found.data["info"]["version"] == VERSIONS[version]
    assert [note.pointer for note in found.notes if note.pointer == "/info/version"] == ["/info/version"] * (
        VERSIONS[version] != version
    )


def test_every_operation_gets_an_id_of_its_own(adopted: Adopt) -> None:
    found = adopted(
        {
            "paths": {
                "/a/{id}": {"get": {"responses": OK}, "put": {"operationId": "save", "responses": OK}},
                "/b": {
                    "put": {"operationId": "save", "responses": OK},
                    "post": {"operationId": "Save_", "responses": OK},
                },
            }
        }
    )
    assert list(operations(found)) == ["getAId", "save", "save2", "Save_3"]
    assert sum(note.pointer.endswith("/operationId") for note in found.notes) == 3


def test_path_parameters_are_those_that_the_path_names(adopted: Adopt) -> None:
    stray = [{"name": "gone", "in": "path", "required": True, "schema": {"type": "string"}}]
    found = adopted({"paths": {"/a/{id}": {"get": {"operationId": "read", "parameters": stray, "responses": OK}}}})
    assert [each["name"] for each in operations(found)["read"]["parameters"]] == ["id"]


def test_a_header_that_media_types_decide_is_no_parameter(adopted: Adopt) -> None:
    accept = [{"name": "Accept", "in": "header", "schema": {"type": "string"}}]
    found = adopted({"paths": {"/a": {"get": {"operationId": "read", "parameters": accept, "responses": OK}}}})
    assert operations(found)["read"]["parameters"] == []


def test_what_openapi_does_not_know_is_left_out_and_told(adopted: Adopt) -> None:
    parameters = [{"name": "q", "in": "query", "type": "string", "schema": {"type": "string"}}]
    found = adopted({"paths": {"/a": {**answering({"type": "string"}), "parameters": parameters}}, "definitions": {}})
    assert "definitions" not in found.data
    assert found.data["paths"]["/a"]["parameters"] == [{"name": "q", "in": "query", "schema": {"type": "string"}}]
    assert {note.pointer for note in found.notes if note.lost} == {"/definitions", "/paths/~1a/parameters/0/type"}


def test_a_keyword_with_an_impossible_value_is_left_out_and_told(adopted: Adopt) -> None:
    found = adopted(schemas(Label={"type": "string", "maxLength": "ten", "pattern": "(", "minLength": 2}))
    assert found.data["components"]["schemas"]["Label"] == {"type": "string", "minLength": 2}
    assert {note.pointer for note in found.notes if note.lost} == {
        "/components/schemas/Label/maxLength",
        "/components/schemas/Label/pattern",
    }


def test_what_is_left_out_is_not_told_at_length(adopted: Adopt) -> None:
    found = adopted(schemas(Label={"required": {"a": "b" * 5000}}))
    (lost,) = [note for note in found.notes if note.lost]
    assert len(lost.message) < 500
    assert lost.message.startswith('it was left out: {"a":"bbb')
    assert lost.message.endswith('bbb"} is not of type "array"')


def test_elements_that_cannot_be_are_removed_and_the_others_stay(adopted: Adopt) -> None:
    given_ = [
        {"in": "query"},
        {"name": "a", "in": "query", "schema": {}},
        3,
        {"name": "b", "in": "query", "schema": {}},
    ]
    found = adopted({"paths": {"/a": {**answering({}), "parameters": [each for each in given_ if each != 3]}}})
    assert [each["name"] for each in found.data["paths"]["/a"]["parameters"]] == ["a", "b"]


def test_keywords_of_others_stay_and_ours_with_other_values_go(adopted: Adopt) -> None:
    found = adopted({"x-logo": {"url": "a"}, "x-records": 7, "paths": {"/a": {**answering({}), "x-name": 3}}})
    assert found.data["x-logo"] == {"url": "a"}
    assert found.data["x-foreign"] is True
    assert {note.pointer for note in found.notes if note.lost} == {"/x-records", "/paths/~1a/x-name"}


def test_what_was_adopted_is_an_api_for_all_rooms(adopted: Adopt, tmp_path: Path) -> None:
    found = adopted({"paths": {"/a": {"get": {"responses": {"200": {}}}}}})
    (tmp_path / "openapi.yaml").write_text(write(found.data), "utf-8")
    api = load_api(tmp_path / "openapi.yaml")
    assert [operation.label for operation in api.operations] == ["GET /a"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"swagger": "2.0"}', "Swagger 2.0"),
        ('{"openapi": "3.2.0"}', "this is OpenAPI 3.2.0; what can be adopted is 3.0 or 3.1"),
        ('{"openapi": [3]}', "says nowhere that it is OpenAPI"),
        ("[]", "says nowhere that it is OpenAPI"),
        ('{"openapi": "3.0.0", "info": 3}', "3 is not of type"),
        ('{"openapi": "3.0.0", "paths": ["/a"]}', r'a.json:1 #/paths: \["/a"\] is not of type'),
        ("", "name the file that says `openapi"),
    ],
    ids=["swagger", "later", "no version", "list", "broken info", "broken paths", "empty"],
)
def test_what_is_no_such_document_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "a.json").write_text(text, "utf-8")
    with pytest.raises(SpecloomError, match=message):
        adopt(tmp_path / "a.json")


TEXTS = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t 0123e+-.:#&*?|>")) | (
    st.sampled_from(
        ["1e3", "0o7", "0x1F", "1_000", "yes", "~", "null", "2026-01-01", "12:30", ".5", "+1", "=", "<<", ""]
    )
)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | TEXTS, lambda each: st.lists(each) | st.dictionaries(TEXTS, each)
    )
)
def test_any_value_is_read_back_as_it_was_written(value: Any) -> None:
    assert parse(write({"it": value}), Path("openapi.yaml")).data == {"it": value}


WORDS = [
    "$ref", "type", "items", "nullable", "properties", "a", "schema", "parameters", "get", "responses", "200",
    "content", "name", "in", "required", "enum", "allOf", "$defs", "exclusiveMinimum", "discriminator", "mapping",
    "/a/{b}", "object", "#/components/schemas/A", "query",
]  # fmt: skip
BROKEN = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(WORDS),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.sampled_from(WORDS), each, max_size=4),
    max_leaves=12,
)


@given(BROKEN, BROKEN, st.sampled_from(["3.0.1", "3.1.0"]))
def test_whatever_stands_in_it_a_document_is_adopted_or_refused(
    tmp_path_factory: pytest.TempPathFactory, paths: Any, schema: Any, version: str
) -> None:
    path = tmp_path_factory.mktemp("adopted") / "openapi.yaml"
    document = {"openapi": version, "info": {"title": "A", "version": "1.0.0"}, "paths": {"/a/{b}": paths}}
    path.write_text(write({**document, **schemas(A=schema)}), "utf-8")
    try:
        found = adopt(path)
    except SpecloomError:
        return
    assert not list(findings(found.document(path)))


ROOT = st.sampled_from(["components", "info", "paths", "servers", "security", "tags", "webhooks", "x-records"])
MEMBERS = ["schemas", "responses", "parameters", "/a", "title", "version", "get", "callbacks", "securitySchemes"]


@given(st.dictionaries(ROOT, BROKEN | st.dictionaries(st.sampled_from(MEMBERS), BROKEN, max_size=4), max_size=4))
def test_whatever_its_members_are_a_document_is_adopted_or_refused(
    tmp_path_factory: pytest.TempPathFactory, members: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("adopted") / "openapi.yaml"
    path.write_text(write({"openapi": "3.0.3", **members}), "utf-8")
    try:
        found = adopt(path)
    except SpecloomError:
        return
    assert not list(findings(found.document(path)))


EMPTY = (
    {"paths": None},
    {"components": None, "servers": None, "tags": None, "security": None, "webhooks": None},
    {"components": {"responses": None, "schemas": {"A": None}, "parameters": None}},
    {"paths": {"/a": None}},
    {"paths": {"/a": {"parameters": None, "get": {"parameters": None, "tags": None, "responses": OK}, "put": None}}},
)


@pytest.mark.parametrize("members", EMPTY, ids=[*"abcde"])
@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_what_was_left_empty_is_left_out(tmp_path: Path, members: dict[str, Any], version: str) -> None:
    path = tmp_path / "api.json"
    info = {"title": "Parcels", "version": "1.0.0"}
    path.write_text(json.dumps({"openapi": version, "info": info, "paths": {}, **members}), "utf-8")
    found = adopt(path)
    assert list(findings(found.document(tmp_path / "openapi.yaml"))) == []
    assert any(note.message == "nothing stood there" for note in found.notes)


SHAPELESS: tuple[dict[str, Any], ...] = (
    {"components": []},
    {"components": {"schemas": [3], "responses": "a", "parameters": 3, "requestBodies": False}},
    {"info": {"title": ["a"], "version": {}}},
    {"paths": {"/a/{b}": {"parameters": {"b": 3}, "get": {"parameters": "b", "responses": OK}, "put": 3}}},
)


@pytest.mark.parametrize("members", SHAPELESS, ids=["components", "kinds", "info", "parameters"])
def test_what_has_not_the_shape_of_its_kind_is_left_out(
    adopted: Adopt, tmp_path: Path, members: dict[str, Any]
) -> None:
    found = adopted(members)
    assert list(findings(found.document(tmp_path / "root.json"))) == []
    assert found.data["info"]["title"] in {"Parcels", "API"}
    assert any(note.lost for note in found.notes) == ("info" not in members)


def test_security_names_schemes_that_are_declared(adopted: Adopt) -> None:
    schemes = {"securitySchemes": {"known": {"type": "http", "scheme": "basic"}}}
    security: list[dict[str, Any]] = [{"known": [], "gone": []}, {"gone": []}, {}]
    found = adopted(
        {"security": [{"gone": []}], "components": schemes, "paths": {"/a": {"get": {"security": security}}}}
    )
    assert found.data["security"] == []
    assert found.data["paths"]["/a"]["get"]["security"] == [{"known": []}, {}]
    told = [note.pointer for note in found.notes if "'gone'" in note.message]
    assert told == ["/security", "/paths/~1a/get/security"]


def test_a_path_begins_with_a_slash(adopted: Adopt) -> None:
    bare = {"a": answering({}), "/b": answering({}), "b": {}, "x-c": {"get": 1}}
    found = adopted({"paths": bare})
    assert list(found.data["paths"]) == ["/a", "/b", "x-c"]
    assert [note.pointer for note in found.notes if "slash" in note.message] == ["/paths/~1a"]


def test_a_document_without_operations_is_told(adopted: Adopt) -> None:
    assert [note.pointer for note in adopted({}).notes if "there is no operation" in note.message] == ["/paths"]


def test_what_is_no_parameter_goes_and_the_others_stay(adopted: Adopt) -> None:
    own = {"name": "b", "in": "path", "required": True, "schema": {"type": "integer"}}
    listed = [3, own, {"in": "query"}, {"in": "query"}]
    found = adopted({"paths": {"/a/{b}": {"get": {"parameters": listed, "responses": OK}}}})
    assert found.data["paths"]["/a/{b}"]["get"]["parameters"] == [own]
    assert not any("declared twice" in note.message for note in found.notes)


def test_merge_keys_of_yaml_are_followed(tmp_path: Path) -> None:
    path = tmp_path / "api.yaml"
    path.write_text(
        "openapi: 3.0.3\ninfo: {title: Parcels, version: 1.0.0}\nx-known: &known {description: Known., headers: {}}\n"
        "paths: {/a: {get: {responses: {'200': {<<: *known}, '404': {<<: [*known], description: Gone.}}}}}\n",
        "utf-8",
    )
    found = adopt(path)
    responses = found.data["paths"]["/a"]["get"]["responses"]
    assert {status: each["description"] for status, each in responses.items()} == {"200": "Known.", "404": "Gone."}
    assert not any(note.lost for note in found.notes)
