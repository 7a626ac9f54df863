"""The state machine finds no fault in a correct server, and is the same again for the same seed."""

from __future__ import annotations

import math
from pathlib import Path
from typing import cast

import attrs
import hypothesis
import pytest

from specloom.fuzz.machine.bench import State
from specloom.fuzz.machine.search import Fault, Search
from specloom.sandbox import Sandbox
from specloom.spec import SpecloomError

from .benches import bench, faults, search
from .faulty import FaultySandbox, Load, run

NAMES = ["fastpod", "fuuffy", "hypertrack", "ppl"]


@pytest.mark.parametrize("control", [True, False])
@pytest.mark.parametrize("name", NAMES)
def test_a_correct_server_has_no_fault(load: Load, name: str, control: bool) -> None:
    api = load(name)
    sandbox = Sandbox([api])
    for seed in (1, 2, 3):
        seen = search(bench(api, sandbox, seed=seed, control=control), seed=seed)
        assert faults(seen) == []
        if control:
            outcomes = {
                (each.operation.label, each.expected.partition(": ")[2]) for each in seen if not isinstance(each, Fault)
            }
            for operation in api.operations:
                reached = {text for label, text in outcomes if label == operation.label}
                assert len(reached) >= len(operation.answers) - (operation.body is None)
        else:
            sandbox = Sandbox([api])


@pytest.mark.parametrize("name", ["fuuffy", "ppl"])
def test_the_same_seed_gives_the_same_requests_and_another_gives_others(load: Load, name: str) -> None:
    api = load(name)
    runs = []
    for seed in (1, 1, 2):
        sandbox = FaultySandbox(api)
        search(bench(api, sandbox, seed=seed), seed=seed, runs=3)
        runs.append([(request.method, request.path, request.query, request.body) for request in sandbox.seen])
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


def test_nothing_is_printed_or_stored(
    load: Load, capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = load("ppl")
    monkeypatch.chdir(tmp_path)
    before = hypothesis.settings.get_current_profile_name()
    broken = FaultySandbox(api, ask=lambda request: attrs.evolve(request, query=""))
    assert faults(search(bench(api, broken), runs=3))
    assert capfd.readouterr() == ("", "")
    assert list(tmp_path.iterdir()) == []
    assert hypothesis.settings.get_current_profile_name() == before


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_about_records_is_put_to_the_test(load: Load, name: str) -> None:
    api = load(name)
    result = run(api, Sandbox([api]), parts=("machine",), max_examples=5)
    areas = ("transition.", "ensure.", "constraint.distinct", "constraint.within")
    counts = {
        rule.pointer: rule.cases
        for operation in result.coverage
        for rule in operation.rules
        if rule.kind.startswith(areas)
    }
    assert counts
    assert [pointer for pointer, cases in counts.items() if not cases] == []


def test_what_fails_once_in_a_drawn_run_is_not_passed_over(load: Load) -> None:
    found = bench(load("ppl"), Sandbox([load("ppl")]))
    assert found.state is not None
    state, calls = found.state, 0

    class Once:
        """The state of a server that does not answer for once."""

        def __getattr__(self, name: str) -> object:
            """Return what the state has."""
            return getattr(state, name)

        def digest(self) -> object:
            """Fail at the third call."""
            nonlocal calls
            calls += 1
            if calls == 3:
                raise SpecloomError("no answer in time", remedy="wait")
            return state.digest()

    found.state = cast("State", Once())
    looking = Search(found, seed=0, deadline=math.inf)
    with pytest.raises(SpecloomError, match="no answer in time"):
        list(looking.drawn(5, 25))
