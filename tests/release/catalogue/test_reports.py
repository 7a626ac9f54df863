"""The catalogue says of a proof and of campaigns what they said, and of no other spec than the one as it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from specloom.fuzz.plain import plain as plain_campaign
from specloom.fuzz.proof import plain as plain_proof
from specloom.fuzz.proof.result import ProofResult, State, Verdict
from specloom.fuzz.result import CampaignResult, Failure, OperationCoverage, RuleCoverage
from specloom.release.catalogue.campaigns import Campaign, Coverage, read_campaign
from specloom.release.catalogue.proofs import Kind, Proof, read_proof
from specloom.spec import Api

POST = "POST /order/cancel"
AGAIN = {"proof": "make prove API=ppl", "campaign": "make fuzz API=ppl"}


@pytest.fixture
def ppl(load: Callable[[str], Api]) -> Api:
    return load("ppl")


def _verdict(rule: str, state: State, api: str = "ppl") -> Verdict:
    return Verdict(api, rule, rule.partition("-")[0], POST, "/x", f"text of {rule}", f"{rule}.1", "change", state)


def _proof(tmp_path: Path, api: Api, *verdicts: Verdict, **changes: Any) -> Proof:
    result = attrs.evolve(ProofResult(verdicts, (), 1.0, {api.name: api.document.digest()}), **changes)
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(plain_proof(result)))
    return read_proof(file, api)


def test_without_a_report_nothing_is_proven(tmp_path: Path, ppl: Api) -> None:
    assert read_proof(tmp_path / "none.json", ppl) == Proof(
        "open", "not proven yet", "Not proven yet: make prove API=ppl"
    )
    assert read_campaign(tmp_path / "none.json", ppl).word == "not fuzzed yet"


def test_a_proof_of_other_apis_proves_nothing(tmp_path: Path, ppl: Api) -> None:
    assert _proof(tmp_path, ppl, specs={"other": "0"}).word == "not proven yet"


def test_a_proof_is_counted_by_kind(tmp_path: Path, ppl: Api) -> None:
    found = _proof(
        tmp_path,
        ppl,
        _verdict("status-a", "caught"),
        _verdict("status-b", "caught"),
        _verdict("type-a", "equivalent"),
        _verdict("type-a", "caught"),
        _verdict("type-z", "survived", api="other"),
    )
    assert (found.tone, found.word) == ("good", "proven")
    assert found.said == "3 rules, broken in 4 ways: 3 caught, 1 that no client could tell."
    assert found.kinds == (Kind("status", 2, 2, 2, 0, 0), Kind("type", 1, 2, 1, 1, 0))


def test_survivors_are_listed(tmp_path: Path, ppl: Api) -> None:
    found = _proof(tmp_path, ppl, _verdict("status-a", "caught"), _verdict("type-a", "survived"))
    assert (found.tone, found.word) == ("bad", "1 survived")
    assert "1 caught, 1 survived" in found.said
    assert found.survivors == (f"{POST}: text of type-a (change)",)


@pytest.mark.parametrize(
    ("changes", "tone", "word"),
    [
        ({"specs": {"ppl": "another"}}, "open", "proof is out of date"),
        ({"only": ("status",)}, "open", "proven in part"),
        ({"wrong": ("ppl POST /x: check: message",)}, "bad", "proof failed"),
        ({"wrong": ("other POST /x: check: message",)}, "good", "proven"),
    ],
    ids=["stale", "part", "wrong", "wrong elsewhere"],
)
def test_a_proof_that_does_not_count_says_why(
    tmp_path: Path, ppl: Api, changes: dict[str, Any], tone: str, word: str
) -> None:
    found = _proof(tmp_path, ppl, _verdict("status-a", "caught"), **changes)
    assert (found.tone, found.word) == (tone, word)
    assert (AGAIN["proof"] in found.said) == (tone != "good")


def _rule(name: str, cases: int) -> RuleCoverage:
    return RuleCoverage(name, "kind", "/x", f"/at/{name}", "text", "file:1", cases, 0)


def _result(api: Api, **changes: Any) -> CampaignResult:
    coverage = OperationCoverage(POST, "page", 7, {"200": 3, "405": 4}, ("200", "400"), (_rule("a", 7), _rule("b", 0)))
    result = CampaignResult(
        api=api.name,
        base_url="http://127.0.0.1:1/ppl",
        seed=0,
        cases=7,
        phases={},
        operations={},
        statuses={},
        seconds=1.0,
        failures=(),
        left_out=("no control plane",),
        coverage=(coverage,),
        spec=api.document.digest(),
    )
    return attrs.evolve(result, **changes)


def _campaign(tmp_path: Path, api: Api, *results: CampaignResult) -> Campaign:
    file = tmp_path / "campaign.json"
    file.write_text(json.dumps([plain_campaign(each) for each in results]))
    return read_campaign(file, api)


def test_a_campaign_shows_its_coverage(tmp_path: Path, ppl: Api) -> None:
    found = _campaign(tmp_path, ppl, _result(ppl), attrs.evolve(_result(ppl), api="other", cases=1000))
    assert found == Campaign(
        "good",
        "fuzzed",
        "7 cases (seed 0), 0 failures, 1 of 2 rules exercised.",
        (Coverage(POST, 2, 1, (("200", True, 3), ("400", True, 0), ("405", False, 4))),),
        (),
        ("no control plane",),
    )


def test_campaigns_of_several_seeds_count_together(tmp_path: Path, ppl: Api) -> None:
    other = OperationCoverage(POST, "page", 2, {"400": 2}, ("200", "400"), (_rule("a", 0), _rule("b", 2)))
    found = _campaign(tmp_path, ppl, _result(ppl), _result(ppl, seed=1, coverage=(other,)))
    assert found.said == "14 cases (2 seeds), 0 failures, 2 of 2 rules exercised."
    assert found.coverage[0].statuses == (("200", True, 3), ("400", True, 2), ("405", False, 4))
    assert found.left_out == ("no control plane",)


@pytest.mark.parametrize(
    ("changes", "tone", "word"),
    [
        ({"spec": "another"}, "open", "campaign is out of date"),
        ({"stopped": True}, "open", "campaign was stopped"),
        ({"failures": (Failure(POST, "check", "it broke"),)}, "bad", "campaign failed"),
    ],
    ids=["stale", "stopped", "failed"],
)
def test_a_campaign_that_did_not_pass_says_so(
    tmp_path: Path, ppl: Api, changes: dict[str, Any], tone: str, word: str
) -> None:
    found = _campaign(tmp_path, ppl, _result(ppl, **changes))
    assert (found.tone, found.word) == (tone, word)
    assert (AGAIN["campaign"] in found.said) == (tone == "open")
    assert found.failures == ((f"{POST}: it broke",) if tone == "bad" else ())


BROKEN = {
    "empty": "",
    "cut": "{",
    "deep": "[" * 100_000,
    "null": "null",
    "number": "3",
    "text": '"text"',
    "list": "[3]",
    "object": "{}",
    "specs": '{"specs": 3}',
    "digest": '{"specs": {"ppl": 3}}',
    "result": '[{"api": "ppl"}]',
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_no_report_can_break_the_catalogue(tmp_path: Path, ppl: Api, text: str) -> None:
    file = tmp_path / "report.json"
    file.write_text(text)
    for found in (read_proof(file, ppl), read_campaign(file, ppl)):
        assert found.tone == "open"
        assert "API=ppl" in found.said


def test_a_proof_without_its_members_cannot_be_read(tmp_path: Path, ppl: Api) -> None:
    file = tmp_path / "proof.json"
    file.write_text(json.dumps({"specs": {"ppl": ppl.document.digest()}}))
    assert read_proof(file, ppl).word == "proof cannot be read"
    file.write_bytes(b"\xff")
    assert read_proof(file, ppl).word == "proof cannot be read"
    assert read_campaign(file, ppl).word == "campaign cannot be read"
