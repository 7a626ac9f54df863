"""An answer that takes longer than it may is a failure of each part, which a replay shows again."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from click.testing import CliRunner

from specloom.cli import main
from specloom.fuzz import CampaignResult, CampaignSettings
from specloom.fuzz.context import Context
from specloom.fuzz.engine import configuration
from specloom.fuzz.proof.inside import inside
from specloom.fuzz.replay import Rerun
from specloom.fuzz.running import PARTS, run_parts
from specloom.fuzz.wire import AsgiWire
from specloom.sandbox import Sandbox
from specloom.spec import Api, Credential

from .faulty import FaultySandbox, Load


class _Slow:
    """A clock, and a server whose successes take three seconds by it."""

    def __init__(self, api: Api) -> None:
        """Take the API to serve."""
        self.now = 0.0
        self.app = FaultySandbox(api, answer=self._answer)

    def _answer(self, _: Any, reply: Any, __: Sandbox) -> Any:
        self.now += 3.0 if reply.status == 200 else 0.01
        return reply


def _context(api: Api, max_response_time: float) -> Context:
    server = _Slow(api)
    context = inside(api, server.app)
    settings = attrs.evolve(context.settings, max_examples=1, stop_at_first=False, max_response_time=max_response_time)
    wire = AsgiWire(server.app, f"/{api.name}", clock=lambda: server.now)
    return attrs.evolve(context, settings=settings, wire=wire)


def _result(context: Context, part: str) -> CampaignResult:
    return run_parts(context, parts={part: PARTS[part]})


@pytest.mark.parametrize("part", ["probes", "machine"])
def test_a_slow_answer_fails_and_a_replay_shows_it_again(load: Load, part: str) -> None:
    context = _context(load("fastpod"), 2.5)
    failures = _result(context, part).failures
    assert {failure.check for failure in failures} == {"response_time"}
    assert {failure.message for failure in failures} == {"the answer took 3.0 s, more than 2.5 s"}
    assert [len(failure.steps) for failure in failures] == [1]
    assert Rerun(context).run(failures[0]).same


@pytest.mark.parametrize("part", ["probes", "machine"])
def test_how_long_an_answer_may_take_is_a_setting(load: Load, part: str) -> None:
    assert _result(_context(load("fastpod"), 3.5), part).ok


def test_schemathesis_is_told_it_too(load: Load) -> None:
    found = configuration(load("fastpod"), CampaignSettings("http://127.0.0.1", max_response_time=7.0), Credential(""))
    assert found["checks"] == {"max_response_time": 7.0}
    assert "max-time" not in found


def test_schemathesis_is_told_the_time_limit_in_whole_seconds(load: Load) -> None:
    settings = CampaignSettings("http://127.0.0.1", time_limit=2.5)
    assert configuration(load("fastpod"), settings, Credential(""))["max-time"] == 3
    late = attrs.evolve(settings, time_limit=-1.0)
    assert configuration(load("fastpod"), late, Credential(""))["max-time"] == 1


def test_the_command_takes_it() -> None:
    done = CliRunner().invoke(main, ["fuzz", "fastpod", "--max-response-time", "1e-9", "--stop-at-first"])
    assert done.exit_code == 1
    assert "response_time" in done.output
    assert "more than 1e-09 s" in done.output
