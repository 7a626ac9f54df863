"""The probes find nothing wrong with a server that is right, send what they should, and come back to a seed."""

from __future__ import annotations

from pathlib import Path

import pytest

from specloom.fuzz.probes import bodies, identity, preferred
from specloom.fuzz.probes.part import FAMILIES
from specloom.fuzz.probes.session import PART
from specloom.fuzz.rules import rules
from specloom.sandbox import Sandbox
from specloom.spec import Api
from specloom.spec.loading import read_api
from specloom.spec.reading import parse

from .faulty import FaultySandbox, Load
from .probing import cases, failures, left_out, probe

THINGS = Path(__file__).parent / "things.yaml"
# An API with what those of this repository have not: bounds, formats, headers, nested unions, answers without content.
UNUSUAL = Path(__file__).parent / "unusual.yaml"


def _apis(load: Load) -> list[Api]:
    own = [read_api(parse(path.read_text("utf-8"), path), path.stem) for path in (THINGS, UNUSUAL)]
    return [*(load(name) for name in ("fuuffy", "fastpod", "hypertrack", "ppl")), *own]


def _unreached(api: Api) -> list[str]:
    return [
        f"{operation.label}: the answers {', '.join(statuses)}, to which no request leads"
        for operation in api.operations
        if (statuses := preferred.unreached(operation))
    ]


@pytest.mark.parametrize("control", [True, False], ids=["with a control plane", "without one"])
@pytest.mark.parametrize("index", range(6))
def test_nothing_is_wrong_with_a_server_that_is_right(load: Load, index: int, control: bool) -> None:
    api = _apis(load)[index]
    events = probe(api, Sandbox([api]), control=control)
    assert failures(events) == []
    assert left_out(events) == ([] if control else _unreached(api))
    assert len(cases(events)) > 70


@pytest.mark.parametrize("seed", [1, 2, 17])
def test_a_seed_chooses_records_and_no_failures(load: Load, seed: int) -> None:
    api = load("ppl")
    assert failures(probe(api, Sandbox([api]), seed=seed)) == []


def test_the_same_seed_sends_the_same_requests(load: Load) -> None:
    api = load("hypertrack")
    seen = []
    for seed in (3, 3, 4):
        sandbox = FaultySandbox(api)
        probe(api, sandbox, seed=seed)
        seen.append(sandbox.seen)
    assert seen[0] == seen[1]
    assert seen[0] != seen[2]


def test_every_case_names_a_rule_of_the_spec(load: Load) -> None:
    for api in _apis(load):
        for case in cases(probe(api, Sandbox([api]))):
            assert case.part == PART
            assert case.operation in {operation.label for operation in api.operations}
            assert case.rule.startswith("/")


def test_records_are_used_sparingly_where_they_cannot_be_brought_back(load: Load) -> None:
    api = load("fuuffy")
    sandbox = Sandbox([api])
    events = probe(api, sandbox, control=False)
    refusals = [case for case in cases(events) if case.status != "200"]
    assert len(refusals) > 1500
    assert len(cases(events)) - len(refusals) < 120


def test_families_can_be_chosen(load: Load) -> None:
    api = load("ppl")
    some = cases(probe(api, Sandbox([api]), families=(identity.first, bodies.invalid)))
    assert 50 < len(some) < len(cases(probe(api, Sandbox([api]), families=FAMILIES)))


@pytest.mark.parametrize("name", ["fastpod", "fuuffy", "hypertrack", "ppl"])
def test_every_answer_and_credential_of_a_spec_is_put_to_the_test(load: Load, name: str) -> None:
    api = load(name)
    seen = {place for case in cases(probe(api, Sandbox([api]))) for place in (case.rule, *case.also)}
    kinds = ("answer.", "faults.", "credentials.accepted", "credentials.forbidden", "constraint.any-given", "ensure.")
    stated = [rule for rule in rules(api) if rule.kind.startswith(kinds)]
    assert stated
    # What has no place in the path leads elsewhere, so nothing but the path is wrong with a request without a body.
    open_ = {"answer.invalid", "faults.invalid"} if name == "fastpod" else set()
    assert [rule.text for rule in stated if not {rule.pointer, rule.at} & seen and rule.kind not in open_] == []
