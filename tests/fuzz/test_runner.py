"""The parts of a campaign run in order, as many as are chosen, for as long as they may."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner

from specloom.cli import main
from specloom.fuzz import CampaignInterrupted, CampaignResult, Case, Failure, LeftOut, Progress, Step
from specloom.fuzz.context import Context
from specloom.fuzz.proof.inside import inside
from specloom.fuzz.result import Event
from specloom.fuzz.running import PARTS, run_parts
from specloom.fuzz.wire import Answer, Request
from specloom.sandbox import Sandbox
from specloom.spec import Api, SpecloomError

from .faulty import Load

Events = Callable[[Context], Iterator[Event]]


def _yielding(*events: Event) -> Events:
    return lambda _: iter(events)


def _run(api: Api, available: dict[str, Events], **settings: Any) -> CampaignResult:
    context = inside(api, Sandbox([api]))
    chosen = attrs.evolve(context.settings, **{"stop_at_first": False, **settings})
    deadline = None if chosen.time_limit is None else time.monotonic() + chosen.time_limit
    return run_parts(attrs.evolve(context, settings=chosen, deadline=deadline), parts=available)


@pytest.fixture
def api(load: Load) -> Api:
    """An API with one operation."""
    return load("fastpod")


@pytest.fixture
def label(api: Api) -> str:
    """The operation of that API."""
    return api.operations[0].label


def test_parts_run_in_their_order_whatever_the_order_in_which_they_are_chosen(api: Api, label: str) -> None:
    parts = {name: _yielding(Case(label, name)) for name in ("one", "two", "three")}
    assert list(_run(api, parts).phases) == ["one", "two", "three"]
    assert list(_run(api, parts, parts=("three", "one")).phases) == ["one", "three"]
    assert list(PARTS)[-1] == "schemathesis"


def test_a_part_that_there_is_not_is_said_so(api: Api) -> None:
    with pytest.raises(SpecloomError, match="no part 'four'") as caught:
        _run(api, {"one": _yielding()}, parts=("four",))
    assert "choose from: one" in str(caught.value)


def test_a_campaign_can_stop_at_the_first_failure(api: Api, label: str) -> None:
    parts = {"one": _yielding(Failure(label, "a", "b"), Case(label, "one")), "two": _yielding(Case(label, "two"))}
    assert _run(api, parts, stop_at_first=True).cases == 0
    assert _run(api, parts).cases == 2


def test_what_the_time_limit_leaves_out_is_said(api: Api, label: str) -> None:
    result = _run(api, {"one": _yielding(Case(label, "one"))}, time_limit=1e-9)
    assert result.cases == 0
    assert any("the part one: the time limit" in text for text in result.left_out)


def test_records_are_brought_back_before_each_part_and_at_the_end(api: Api, label: str) -> None:
    seen: list[Any] = []

    def spoiling(context: Context) -> Iterator[Event]:
        seen.append(context.control.digest())
        record = context.supply.take(api.operations[0], "north")[0]
        target = api.operations[0].path.replace("{id}", record.body["id"])
        header = ("Authorization", f"Bearer {context.credential.token}")
        assert context.wire.send(Request("POST", target, (header,))).status == 200
        assert context.control.digest() != seen[0]
        yield Case(label, "spoiling")

    context = inside(api, Sandbox([api]))
    run_parts(context, parts={"one": spoiling, "two": spoiling})
    assert seen[0] == seen[1] == context.control.digest()
    assert len(context.supply.ready(api.operations[0], "north")) == len(
        inside(api, Sandbox([api])).supply.ready(api.operations[0], "north")
    )


def test_a_failure_is_completed_with_all_that_a_part_leaves_to_the_campaign(api: Api, label: str) -> None:
    operation = api.operations[0]
    token = next(each.token for scheme in api.security_schemes.values() for each in scheme.credentials)
    request = Request("POST", "/a", (("Authorization", f"Bearer {token}"),))
    rule = f"{operation.pointer}/x-transition/to"
    failure = Failure(label, "documented_outcome", f"with {token}", rule=rule, steps=(Step(request, Answer(409)),))
    found = _run(api, {"one": _yielding(failure)}).failures[0]
    assert (found.status, found.pointer, found.page) == (409, operation.pointer, operation.page)
    assert found.place == f"{api.document.path}:{api.document.line(rule)}"
    assert found.curl.endswith("""'Authorization: Bearer '"$SPECLOOM_TOKEN" http://127.0.0.1/a""")
    assert str(token) not in repr(found) + found.message


def test_of_failures_of_one_rule_the_one_with_the_fewest_steps_is_kept(api: Api, label: str) -> None:
    step = Step(Request("GET", "/a"), None)
    rule = f"{api.operations[0].pointer}/x-transition/to"
    found = [
        Failure(label, "c", text, rule=rule, steps=(step,) * count) for text, count in (("a", 2), ("b", 1), ("c", 3))
    ]
    kept = _run(api, {"one": _yielding(*found)}, stop_at_first=False).failures
    assert [each.message for each in kept] == ["b"]


def test_cases_are_counted_by_operation_status_and_rule(api: Api, label: str) -> None:
    operation = api.operations[0]
    rule = f"{operation.pointer}/x-transition/to"
    cases = [Case(label, "one", rule, "200"), Case(label, "one", "", "401"), Case(label, "two", rule, "200")]
    result = _run(api, {"one": _yielding(*cases, LeftOut("that"))})
    coverage = result.coverage[0]
    assert coverage.statuses == {"200": 2, "401": 1}
    assert result.operations[label] == {"one": 2, "two": 1}
    counts = {each.pointer: each.cases for each in coverage.rules}
    assert counts[rule] == 2
    assert counts[f"{operation.pointer}/responses"] == 3
    assert 0 < coverage.exercised < len(coverage.rules)
    assert "that" in result.left_out


def test_a_campaign_that_is_stopped_keeps_what_it_has_found(api: Api, label: str) -> None:
    def stopped(_: Context) -> Iterator[Event]:
        yield Failure(label, "a", "b")
        raise KeyboardInterrupt

    with pytest.raises(CampaignInterrupted) as caught:
        _run(api, {"one": stopped})
    result = caught.value.result
    assert result.stopped
    assert len(result.failures) == 1
    assert any("when the campaign was stopped" in text for text in result.left_out)


def test_no_error_shows_a_secret(api: Api) -> None:
    token = next(each.token for scheme in api.security_schemes.values() for each in scheme.credentials)

    def failing(_: Context) -> Iterator[Event]:
        raise SpecloomError(f"no answer to {token}", remedy=f"leave {token} out")
        yield

    with pytest.raises(SpecloomError, match=r"no answer to \{credential:0\}") as caught:
        _run(api, {"one": failing})
    assert str(token) not in str(caught.value)


def test_progress_is_told_case_by_case(api: Api, label: str) -> None:
    seen: list[Progress] = []
    context = inside(api, Sandbox([api]))
    run_parts(context, on_progress=seen.append, parts={"one": _yielding(*[Case(label, "one")] * 3)})
    assert [each.cases for each in seen] == [1, 2, 3]


def test_what_is_long_is_cut_but_for_requests_which_are_sent_again(api: Api, label: str) -> None:
    long = b"x" * 100_000
    steps = (Step(Request("POST", "/a", (), long), Answer(200, (), long)),)
    found = _run(api, {"one": _yielding(Failure(label, "c", "y" * 100_000, steps=steps))}).failures[0]
    assert len(found.message) < 5_000
    assert found.steps[0].request.body == long
    assert found.steps[0].answer is not None
    assert found.steps[0].answer.body.endswith(b"[cut]")


def test_a_campaign_that_is_stopped_still_has_its_report(
    api: Api, label: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "specs").symlink_to(root / "specs")
    monkeypatch.chdir(tmp_path)

    def stopped(*_: Any, **__: Any) -> CampaignResult:
        result = _run(api, {"one": _yielding(Case(label, "one", "", "200"))})
        raise CampaignInterrupted(attrs.evolve(result, stopped=True))

    monkeypatch.setattr("specloom.cli.fuzz.run_campaign", stopped)
    done = CliRunner().invoke(main, ["fuzz", "fastpod", "--report", "out"])
    assert done.exit_code == 130
    assert "stopped" in (tmp_path / "out/index.html").read_text()
    assert "cases per second" not in done.stdout


def test_the_command_runs_the_parts_that_are_named_and_writes_all_reports(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "specs").symlink_to(root / "specs")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SPECLOOM_TOKEN", raising=False)
    runner = CliRunner()
    done = runner.invoke(main, ["fuzz", "fastpod", "--parts", "probes", "--report", "out", "--json"])
    assert done.exit_code == 0
    result = json.loads(done.stdout)[0]
    assert set(result["phases"]) == {"probes"}
    assert json.loads((tmp_path / "out/campaign.json").read_text()) == [result]
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"campaign.json", "junit.xml", "index.html"}
    done = runner.invoke(main, ["fuzz", "fastpod", "--parts", "nothing"])
    assert done.exit_code == 2
    assert "choose from: probes" in done.stderr
