"""The campaign passes on a correct server; its result can be repeated, holds no secret and says what is missing."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import attrs
import pytest

from specloom.fuzz import CampaignSettings, Progress, run_campaign
from specloom.fuzz.reports import plain
from specloom.sandbox import RunningSandbox, Sandbox, listen
from specloom.sandbox.message import Reply, Request
from specloom.spec import Credential, SpecloomError

from .faulty import FaultySandbox, Load, on, run


@pytest.mark.parametrize("name", ["fastpod", "fuuffy", "hypertrack", "ppl"])
def test_a_correct_server_passes(load: Load, name: str) -> None:
    result = run(load(name), Sandbox([load(name)]), seed=11)
    assert result.failures == ()
    assert result.left_out == ()
    assert {"examples", "coverage", "fuzzing", "stateful"} <= result.phases.keys()
    documented = {
        operation.answers[outcome].status
        for operation in load(name).operations
        for outcome in ("success", "invalid", "unauthenticated")
    }
    assert documented - {"422"} <= result.statuses.keys()


@pytest.mark.parametrize("name", ["fastpod", "ppl"])
def test_the_same_seed_gives_the_same_requests_and_another_gives_others(load: Load, name: str) -> None:
    api = load(name)
    runs = []
    for seed in (1, 1, 2):
        sandbox = FaultySandbox(api)
        run(api, sandbox, seed=seed)
        runs.append([(request.method, request.path, request.query, request.body) for request in sandbox.seen])
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


def test_a_curl_line_shows_the_failure_and_no_secret(load: Load) -> None:
    api = load("ppl")
    answer = on(400, lambda reply: attrs.evolve(reply, status=418))
    with RunningSandbox(FaultySandbox(api, answer=answer)) as running:
        result = run_campaign(api, CampaignSettings(f"{running.url}/ppl", max_examples=10))
        failure = next(each for each in result.failures if each.check == "status_code_conformance")
        shown = subprocess.run(  # noqa: S602 - it is the line that a user pastes
            f"{failure.curl} --silent --output /dev/null --write-out '%{{http_code}}'",
            shell=True,
            env={**os.environ, "SPECLOOM_TOKEN": "sandbox-north-token"},
            capture_output=True,
            text=True,
            check=True,
        )
    assert failure.status == 418
    assert shown.stdout.endswith("418")  # of several steps, the last
    assert "sandbox-north-token" not in repr(result)


@pytest.mark.parametrize("name", ["fastpod", "hypertrack"])
def test_no_secret_is_in_the_result_or_the_settings(load: Load, name: str) -> None:
    api = load(name)
    leaking = on(
        200, lambda reply: attrs.evolve(reply, status=500, body=b"c2FuZGJveC1ub3J0aDpzYW5kYm94LW5vcnRoLXNlY3JldA==")
    )
    result = run(api, FaultySandbox(api, answer=leaking), max_examples=5)
    text = json.dumps(plain(result)) + repr(result)
    assert result.failures
    for secret in ("sandbox-north-token", "sandbox-north-secret", "c2FuZGJveC1ub3J0aDpzYW5kYm94LW5vcnRoLXNlY3JldA=="):
        assert secret not in text
    given = CampaignSettings("http://127.0.0.1:1", credential=Credential("", "canary", "user", "canary"))
    assert "canary" not in repr(given)


class _WithoutControl(Sandbox):
    """A server that has no control plane."""

    async def handle(self, request: Request) -> Reply:
        """Answer 404 to what is outside the spec."""
        return Reply(404) if request.path.startswith("/_sandbox/") else await super().handle(request)


@pytest.mark.parametrize("name", ["fastpod", "hypertrack"])
def test_a_server_without_a_control_plane_is_fuzzed_and_what_is_left_out_is_said(load: Load, name: str) -> None:
    """No record is taken for unused that a case has acted on, although nothing resets it."""
    result = run(load(name), _WithoutControl([load(name)]))
    assert result.failures == ()
    assert result.cases > 50
    assert len(result.left_out) == (3 if "500" in load(name).operations[0].responses else 2)
    assert result.statuses["200"] > 0


def test_a_server_that_does_not_answer_is_said_so(load: Load) -> None:
    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    with pytest.raises(SpecloomError, match=f"http://127.0.0.1:{port} does not answer"):
        run_campaign(load("ppl"), CampaignSettings(f"http://127.0.0.1:{port}/ppl"))


def test_a_control_plane_that_fails_on_the_way_is_said_so(load: Load) -> None:
    class Failing(Sandbox):
        """A sandbox whose control plane fails once the API was called."""

        called = False

        async def handle(self, request: Request) -> Reply:
            """Answer, or fail."""
            self.called = self.called or not request.path.startswith("/_sandbox/")
            return (
                Reply(500) if self.called and request.path.startswith("/_sandbox/") else await super().handle(request)
            )

    result = run(load("fastpod"), Failing([load("fastpod")]), max_examples=2)
    assert [failure.check for failure in result.failures] == ["control_plane"]
    assert result.failures[0].message.startswith("the control plane failed: it answered 500")


def test_progress_is_told(load: Load) -> None:
    seen: list[Progress] = []
    with RunningSandbox(Sandbox([load("fastpod")])) as running:
        settings = CampaignSettings(f"{running.url}/fastpod", max_examples=5)
        result = run_campaign(load("fastpod"), settings, on_progress=seen.append)
    assert {"examples", "coverage", "fuzzing", "stateful"} <= {each.phase for each in seen}
    assert seen[-1].cases == result.cases


def test_the_specs_folder_is_not_written(load: Load, root: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (root / "specs").rglob("*")}
    run(load("fastpod"), Sandbox([load("fastpod")]), max_examples=2)
    assert before == {path: path.stat().st_mtime_ns for path in (root / "specs").rglob("*")}


@pytest.mark.parametrize(
    ("target", "body"),
    [
        ("/digest", b"{}"),
        ("/digest", b"["),
        ("/order", b'{"records": [{"record": {}}]}'),
        ("/order", b'{"records": [{"tenant": "north", "record": 5}]}'),
        ("/order", b'{"records": 5}'),
        ("/order", b"[" * 100_000),
        ("/order", None),
    ],
    ids=["no digest", "no JSON", "no tenant", "no record", "no array", "nested", "500"],
)
def test_a_control_plane_that_fails_is_a_failure(load: Load, target: str, body: bytes | None) -> None:
    class Failing(Sandbox):
        """A sandbox whose control plane fails at one of its paths."""

        async def handle(self, request: Request) -> Reply:
            """Answer in another form, or 500."""
            if request.path.startswith("/_sandbox/") and request.path.endswith(target):
                return Reply(500 if body is None else 200, (("content-type", "application/json"),), body or b"")
            return await super().handle(request)

    result = run(load("ppl"), Failing([load("ppl")]))
    assert [failure.check for failure in result.failures] == ["control_plane"]
    assert "all that was to come when the control plane failed" in result.left_out
