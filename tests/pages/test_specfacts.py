"""The facts that a spec states, read off the small spec of the spec room's tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from specloom.pages.facts import Subject
from specloom.pages.specfacts import SpecFact, spec_facts
from specloom.spec import load
from specloom.spec.loading import read_api

SPEC = Path(__file__).parents[1] / "spec" / "parcel.yaml"


@pytest.fixture(scope="module")
def stated() -> dict[tuple[Subject, str], SpecFact]:
    """What the small spec states, by key."""
    api = read_api(load(SPEC), "parcel")
    found = spec_facts(api, api.operations[0])
    by_key = {each.fact.key: each for each in found}
    assert len(by_key) == len(found)
    return by_key


@pytest.mark.parametrize(
    ("subject", "attribute", "value"),
    [
        (Subject("title"), "text", "Hold a parcel"),
        (Subject("operation", name="POST /parcels/{number}/hold"), "exists", True),
        (Subject("server", name="https://parcels.example"), "exists", True),
        (Subject("security", name="bearer"), "exists", True),
        (Subject("parameter", "path", "number"), "required", True),
        (Subject("parameter", "path", "number"), "pattern", "^P[0-9]+$"),
        (Subject("parameter", "path", "number"), "example", "P1001"),
        (Subject("media-type", "request", "application/json"), "exists", True),
        (Subject("member", "request", "$.reason"), "required", True),
        (Subject("member", "request", "$.reason.kind"), "enum", ["DATE", "WORDS"]),
        (Subject("member", "request", "$.reason.kind"), "required", True),
        (Subject("member", "request", "$.reason.date"), "required", False),
        (Subject("member", "request", "$.reason.date"), "condition", {"member": "$.reason.kind", "equals": "DATE"}),
        (Subject("member", "request", "$.reason.date"), "format", "date"),
        (Subject("member", "request", "$.note"), "nullable", True),
        (Subject("member", "request", "$.note"), "type", "string"),
        (Subject("sample", "request", "0"), "value", {"reason": {"kind": "DATE", "date": "2030-01-31"}}),
        (Subject("status", name="409"), "exists", True),
        (Subject("member", "200", "$.state"), "enum", ["waiting", "held", "gone"]),
        (Subject("member", "200", "$.weights[]"), "type", "number"),
        (Subject("member", "200", "$.owner"), "nullable", True),
        (Subject("member", "200", "$.owner.name"), "required", False),
        (Subject("member", "422", "$.errors"), "type", "array"),
    ],
)
def test_a_fact_of_the_spec(stated: dict[Any, SpecFact], subject: Subject, attribute: str, value: Any) -> None:
    assert stated[subject, attribute].fact.value == value


def test_a_fact_leads_to_the_line_that_states_it(stated: dict[Any, SpecFact]) -> None:
    fact = stated[Subject("member", "request", "$.reason.date"), "format"]
    line = SPEC.read_text("utf-8").splitlines()[fact.fact.line - 1]

    assert fact.pointer == "/components/schemas/DateReason/properties/date/format"
    assert line.strip().startswith("date: {type: string, format: date")


def test_a_limit_that_one_alternative_lacks_is_none_of_the_member(stated: dict[Any, SpecFact]) -> None:
    assert (Subject("member", "200", "$.state"), "pattern") not in stated
    assert (Subject("member", "request", "$.reason.kind"), "condition") not in stated


def test_a_schema_that_contains_itself_is_followed_once(tmp_path: Path) -> None:
    text = SPEC.read_text("utf-8").replace(
        "name: {type: string, description: The name.}", "heir: {$ref: '#/components/schemas/Owner'}"
    )
    path = tmp_path / "openapi.yaml"
    path.write_text(text, "utf-8")
    api = read_api(load(path), "parcel")

    names = {each.fact.subject.name for each in spec_facts(api, api.operations[0]) if each.fact.subject.where == "200"}

    assert "$.owner" in names
    assert "$.owner.heir.heir" not in names
