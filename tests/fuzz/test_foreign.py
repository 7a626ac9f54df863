"""A campaign raises no alarm about a sandbox of a foreign spec, and says what it leaves out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest

from specloom.cli.servers import make_app, serve
from specloom.fuzz import CampaignSettings, run_campaign
from specloom.fuzz.likeness import alike, clashing, operations_at
from specloom.fuzz.narrowing import focused, narrowed
from specloom.fuzz.proof.fitting import fits
from specloom.fuzz.proof.inside import Focus, events
from specloom.fuzz.proof.mutants import mutants
from specloom.fuzz.result import Case, Failure
from specloom.fuzz.rules import rules
from specloom.sandbox import RunningSandbox, Sandbox
from specloom.spec import Api, Parameter, load_api

from .faulty import Load

CLOSED = {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": False}
IMPOSSIBLE = {"allOf": [CLOSED], "required": ["b"], "properties": {"b": {"type": "integer"}}}
KITE = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}, "tail": {"type": "string"}}}

COLOURS = {"type": "array", "items": {"type": "string", "enum": ["red", "blue"]}}


def _content(schema: Any, name: str = "application/json") -> dict[str, Any]:
    return {"content": {name: {"schema": schema}}}


def _answer(schema: Any) -> dict[str, Any]:
    return {"200": {"description": "Good.", **_content(schema)}}


def _parameter(name: str, schema: Any, where: str = "query") -> dict[str, Any]:
    return {"name": name, "in": where, "required": where == "path", "schema": schema}


def _read(folder: Path, paths: Any) -> Api:
    document = {
        "openapi": "3.1.0", "info": {"title": "Kites", "version": "1.0.0"}, "x-foreign": True, "paths": paths,
        "components": {"securitySchemes": {"key": {"type": "apiKey", "name": "X-Key", "in": "header"}}},
        "security": [{"key": []}],
    }  # fmt: skip
    folder.mkdir()
    (folder / "openapi.yaml").write_text(json.dumps(document), encoding="utf-8")
    return load_api(folder / "openapi.yaml")


@pytest.fixture
def kites(tmp_path: Path) -> Api:
    """An API with what many public specs have: undocumented refusals, contradictions, and paths that look alike."""
    factor, many = {"type": "number", "minimum": 0.1, "maximum": 2}, {"type": "array", "items": KITE}
    paths = {
        "/kites": {
            "get": {"parameters": [_parameter("factor", factor)], "responses": _answer(many)},
            "post": {"requestBody": _content(KITE), "responses": {"201": {"description": "Made.", **_content(KITE)}}},
        },
        "/kites/{id}": {
            "parameters": [_parameter("id", {"type": "integer"}, "path")],
            "delete": {"responses": {"204": {"description": "Gone.", **_content({}, "text/plain")}}},
        },
        "/kites/{name}": {
            "parameters": [_parameter("name", {"type": "string", "pattern": "^[a-z]+$"}, "path")],
            "put": {"requestBody": _content(KITE, "multipart/form-data"), "responses": _answer(KITE)},
        },
        "/odd": {
            "post": {"requestBody": {"required": True, **_content(IMPOSSIBLE)}, "responses": _answer(IMPOSSIBLE)},
            "get": {"responses": {"404": {"description": "Nothing."}}},
        },
    }
    return _read(tmp_path / "kites", paths)


def test_a_sandbox_of_a_foreign_spec_raises_no_alarm(kites: Api) -> None:
    with RunningSandbox(Sandbox([kites])) as sandbox:
        result = run_campaign(kites, CampaignSettings(f"{sandbox.url}/kites", max_examples=2))
    assert [f"{each.operation} {each.check}: {each.message}" for each in result.failures] == []
    assert "GET /odd: no success is documented" in result.left_out
    assert "POST /odd: no body is known: give an example" in result.left_out


def test_what_is_wrong_for_one_operation_and_right_for_another_raises_none(tmp_path: Path) -> None:
    paths = {
        f"/kites/{{{name}}}": {
            "parameters": [_parameter(name, schema, "path"), _parameter("colours", COLOURS) | {"explode": False}],
            "get": {"responses": _answer(KITE)},
        }
        for name, schema in (("id", {"type": "integer"}), ("name", {"type": "string"}))
    }
    kites = _read(tmp_path / "kites", paths)
    with RunningSandbox(Sandbox([kites])) as sandbox:
        result = run_campaign(kites, CampaignSettings(f"{sandbox.url}/kites", max_examples=2))
    assert [f"{each.operation} {each.check}: {each.message}" for each in result.failures] == []
    assert not any("Error" in each for each in result.left_out)


def test_a_file_that_is_sent_raises_none(tmp_path: Path) -> None:
    form = {
        "type": "object",
        "required": ["picture"],
        "properties": {"picture": {"type": "string", "format": "binary"}},
    }
    body = {"required": True, **_content(form, "multipart/form-data")}
    operation = {"requestBody": body, "responses": _answer({"type": "object"}), "security": []}
    kites = _read(tmp_path / "kites", {"/kites": {"post": operation}})
    with RunningSandbox(Sandbox([kites])) as sandbox:
        result = run_campaign(kites, CampaignSettings(f"{sandbox.url}/kites", max_examples=40))
    assert [f"{each.operation} {each.check}: {each.message}" for each in result.failures] == []
    assert not any("Error" in each for each in result.left_out)


def test_a_broken_server_of_a_foreign_spec_raises_one(kites: Api) -> None:
    other = attrs.evolve(kites, operations=tuple(each for each in kites.operations if each.path != "/kites"))
    with RunningSandbox(Sandbox([other])) as sandbox:
        settings = CampaignSettings(f"{sandbox.url}/kites", parts=("successes",))
        result = run_campaign(kites, settings)
    assert {each.operation for each in result.failures} == {"GET /kites", "POST /kites"}


def test_a_campaign_over_many_operations_asks_the_rest_once(kites: Api) -> None:
    with RunningSandbox(Sandbox([kites])) as sandbox:
        settings = CampaignSettings(f"{sandbox.url}/kites", max_operations=1, parts=("successes",))
        result = run_campaign(kites, settings)
    assert any("5 of 6 operations but for one valid request each" in each for each in result.left_out)
    assert set(result.operations) == {each.label for each in kites.operations}


def test_schemathesis_sends_the_same_whether_or_not_there_is_time_for_more(kites: Api) -> None:
    with RunningSandbox(Sandbox([kites])) as sandbox:
        settings = CampaignSettings(f"{sandbox.url}/kites", parts=("schemathesis",), max_examples=2)
        free, limited = (run_campaign(kites, attrs.evolve(settings, time_limit=limit)) for limit in (None, 60))
    assert free.phases == limited.phases


def test_operations_that_may_need_more_than_their_share_of_the_time_are_counted(
    kites: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("specloom.fuzz.phases._LEAST_SHARE", 0)
    with RunningSandbox(Sandbox([kites])) as sandbox:
        settings = CampaignSettings(f"{sandbox.url}/kites", parts=("schemathesis",), max_examples=2, time_limit=60)
        result = run_campaign(kites, settings)
    assert [each for each in result.left_out if "beyond their shares" in each] == [
        "what schemathesis would send to 6 operations beyond their shares of the time: --time-limit gives more"
    ]


def test_another_seed_chooses_other_operations(kites: Api) -> None:
    chosen = {tuple(each.label for each in narrowed(kites, 2, seed).operations) for seed in range(20)}
    assert {len(each) for each in chosen} == {2}
    assert len(chosen) > 3
    assert narrowed(kites, 0, 7) == kites
    assert narrowed(kites, 2, 7).schemas is kites.schemas


@pytest.mark.parametrize(("kind", "label"), [("body.required", "POST /kites"), ("response.media-type", "GET /kites")])
def test_a_rule_is_proved_by_requests_for_its_own_operation(kites: Api, kind: str, label: str) -> None:
    rule = next(each for each in rules(kites) if (each.kind, each.operation) == (kind, label))
    mutant = mutants(kites, rule)[0]
    seen = list(events(kites, mutant.app(make_app), serve, focus=Focus(operation=label)))

    assert {each.operation for each in seen if isinstance(each, Case) and each.part != "successes"} == {label}
    assert any(fits(rule, each.operation, each.check) for each in seen if isinstance(each, Failure))


@pytest.mark.parametrize("status", ["2XX", "default"])
def test_a_rule_about_several_statuses_is_proved_by_each(tmp_path: Path, status: str) -> None:
    answer = {"description": "Good.", **_content(KITE)}
    kites = _read(tmp_path / "kites", {"/kites": {"get": {"responses": {status: answer}}}})
    rule = next(each for each in rules(kites) if each.kind == "response.media-type")
    seen = list(events(kites, mutants(kites, rule)[0].app(make_app), serve, focus=Focus(operation="GET /kites")))
    assert any(fits(rule, each.operation, each.check) for each in seen if isinstance(each, Failure))


def test_what_may_act_on_the_same_records_is_looked_at_with_any_rule(load: Load) -> None:
    api = load("fuuffy")
    assert len(api.operations) > 1
    assert all(focused(api, each.label) == api for each in api.operations)


def test_operations_that_a_request_line_does_not_tell_apart_are_known(kites: Api) -> None:
    by_label = {each.label: each for each in kites.operations}
    delete = by_label["DELETE /kites/{id}"]
    assert [each.label for each in alike(kites, delete)] == [delete.label]
    assert [each.label for each in operations_at(kites, delete)] == [delete.label, "PUT /kites/{name}"]


def test_an_object_whose_member_has_the_name_of_another_parameter_clashes_with_it(kites: Api) -> None:
    union = {"oneOf": [{"type": "object", "properties": {"size": {"type": "string"}}}]}
    sort, size = (
        Parameter(name, "query", required=False, pointer="", schema_pointer="", schema=schema)
        for name, schema in (("sort", union), ("size", {}))
    )
    operation = attrs.evolve(kites.operations[0], parameters=(sort, size))
    assert clashing(kites.document, operation) == [sort]
    assert clashing(kites.document, attrs.evolve(operation, parameters=(sort,))) == []
