"""A proof breaks every rule, tells what the campaign made of it, and lists what it missed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from specloom.cli import main
from specloom.cli.servers import make_app, serve
from specloom.fuzz.proof import Verdict, prove, write_report
from specloom.fuzz.proof.mutant import Mutant
from specloom.fuzz.proof.mutants import mutants
from specloom.fuzz.proof.trying import Known, Task, try_mutant
from specloom.fuzz.result import Case, Event, Failure
from specloom.fuzz.rules import rules
from specloom.spec import Api, SpecloomError, load_api

from .faulty import Load

PARCEL = Path(__file__).parents[1] / "spec/parcel.yaml"
THINGS = Path(__file__).parent / "things.yaml"


@pytest.fixture
def things(tmp_path: Path) -> Api:
    """A small API without records."""
    path = tmp_path / "things" / "openapi.yaml"
    path.parent.mkdir()
    path.write_text(THINGS.read_text("utf-8"), "utf-8")
    return load_api(path)


def test_every_rule_has_mutants_with_names_of_their_own(apis: list[Api]) -> None:
    for api in apis:
        found = {rule: mutants(api, rule) for rule in rules(api)}
        ids = [mutant.id for each in found.values() for mutant in each]
        assert len(set(ids)) == len(ids) > len(found)
        unbroken = {rule.kind for rule, each in found.items() if not each}
        # Of these, no answer of a server is a breach: a union that takes anything, and the text of a header.
        assert unbroken <= {"response.type", "header.type"}


def test_a_mutant_is_equivalent_for_a_reason_alone(apis: list[Api]) -> None:
    reasons = {mutant.equivalent for api in apis for rule in rules(api) for mutant in mutants(api, rule)}
    assert "" in reasons
    assert all(len(reason) > 20 for reason in reasons - {""})


@pytest.mark.parametrize(
    "kind", ["answer.success", "credentials.missing", "response.required-header", "ensure.success"]
)
def test_the_campaign_catches_mutants(load: Load, kind: str) -> None:
    with ThreadPoolExecutor(1) as executor:
        result = prove([load("ppl")], make_app, executor, serve=serve, only=[kind])
    assert result.wrong == ()
    assert {verdict.state for verdict in result.verdicts} <= {"caught", "equivalent"}
    assert result.ok
    assert all(verdict.cases > 0 for verdict in result.verdicts if verdict.state == "caught")


@pytest.mark.parametrize(
    ("at", "entry"),
    [
        pytest.param("/{$fault.field}/*", "$fault.message", id="by field"),
        pytest.param("/errors/*", "{$fault.field}: {$fault.message}", id="in a text"),
    ],
)
def test_the_campaign_catches_what_names_no_fault_wherever_faults_are_named(
    at: str, entry: Any, tmp_path: Path
) -> None:
    text = PARCEL.read_text("utf-8")
    layout = "x-faults: {at: '/errors/*', entry: '{$fault.field}: {$fault.message}', notation: dots}"
    assert layout in text
    text = text.replace(layout, f"x-faults: {json.dumps({'at': at, 'entry': entry, 'notation': 'dots'})}")
    text = text.replace("required: [message]", "minProperties: 1")
    path = tmp_path / "openapi.yaml"
    path.write_text(text, "utf-8")
    with ThreadPoolExecutor(1) as executor:
        result = prove([load_api(path)], make_app, executor, serve=serve, only=["faults"])
    assert result.wrong == ()
    assert {verdict.state for verdict in result.verdicts} <= {"caught", "equivalent"}
    assert any(verdict.state == "caught" for verdict in result.verdicts)


def _blind(*_: Any) -> Iterator[Event]:
    yield Case("GET /things/{id}", "blind")


def test_a_survivor_is_listed_and_ends_with_1(things: Api, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert things.document.path.is_relative_to(tmp_path)
    monkeypatch.setattr("specloom.fuzz.proof.trying.events", _blind)
    monkeypatch.setattr("specloom.cli.prove.executor", lambda *_: ThreadPoolExecutor(1))
    monkeypatch.setenv("SPECLOOM_SPECS", str(tmp_path))
    done = CliRunner().invoke(
        main, ["prove", "things", "--rule", "parameter.minimum", "--report", str(tmp_path / "report")]
    )
    assert done.exit_code == 1
    assert done.output.count("survived parameter.minimum-") == 3
    assert "path parameter id: minimum 1" in done.output
    written = json.loads((tmp_path / "report" / "proof.json").read_text("utf-8"))
    assert [verdict["state"] for verdict in written["verdicts"]] == ["survived"] * 3
    assert not written["ok"]
    assert written["specs"] == {"things": things.document.digest()}
    assert written["only"] == ["parameter.minimum"]
    page = (tmp_path / "report" / "proof.html").read_text("utf-8")
    assert page.count("no check failed") == 6
    assert "http" not in page


def test_a_failure_of_another_kind_does_not_count(things: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def mistaken(*_: Any) -> Iterator[Event]:
        yield Failure("GET /things/{id}", "response_time", "slow")

    monkeypatch.setattr("specloom.fuzz.proof.trying.events", mistaken)
    with ThreadPoolExecutor(1) as executor:
        result = prove([things], make_app, executor, serve=serve, only=["response.required"])
    assert [verdict.state for verdict in result.verdicts] == ["survived"]
    assert result.verdicts[0].reason.endswith("not in a way that fits: GET /things/{id}: response_time")
    assert result.wrong == ("things GET /things/{id}: response_time: slow",)
    assert not result.ok


def test_what_changes_no_answer_of_a_campaign_is_told_without_another_one(
    things: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = []

    def counted(*_: Any) -> Iterator[Event]:
        runs.append(1)
        yield Case("GET /things/{id}", "counted", status="200")
        yield Case("GET /others", "counted", status="404")

    monkeypatch.setattr("specloom.fuzz.proof.trying.events", counted)
    rule = next(each for each in rules(things) if each.kind == "response.required")
    task = Task(things.name, "", "", rule.id, 0, make_app, serve)
    known = Known(things, {})

    def tried(text: str, status: str) -> Verdict:
        return try_mutant(known, Mutant(rule, text, things, status=status), task)

    first, second, third = tried("a", "404"), tried("b", "404"), tried("c", "200")
    assert (len(runs), first.state, first.reason) == (2, "survived", "no answer had the status 404")
    assert (second.state, second.reason, second.cases) == (first.state, first.reason, 2)
    assert second.mutant != first.mutant
    assert third.reason == "no check failed"


def test_a_rule_that_there_is_not_is_said_so(things: Api) -> None:
    with ThreadPoolExecutor(1) as executor, pytest.raises(SpecloomError, match=r"no rule is called body\.nothing"):
        prove([things], make_app, executor, serve=serve, only=["body.nothing"])


def test_a_report_that_cannot_be_written_is_said_so(
    things: Api, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("specloom.fuzz.proof.trying.events", _blind)
    with ThreadPoolExecutor(1) as executor:
        result = prove([things], make_app, executor, serve=serve, only=["seeds", "parameter.minimum"])
    (tmp_path / "file").touch()
    with pytest.raises(SpecloomError, match="the report cannot be written"):
        write_report(result, tmp_path / "file")
