"""A failure is written to a file that shows it again, as long as the server has the fault, and no longer."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner

from specloom.cli import main
from specloom.fuzz import CampaignResult, CampaignSettings, Failure, Step, run_campaign
from specloom.fuzz.proof.inside import inside
from specloom.fuzz.replay import Rerun, read_replay, replay, write_replays
from specloom.fuzz.replay.credentials import credentials_again
from specloom.fuzz.replay.shortening import shortened
from specloom.fuzz.result import KnownCredential
from specloom.fuzz.running import PARTS, run_parts
from specloom.fuzz.wire import Request
from specloom.sandbox import RunningSandbox, Sandbox
from specloom.sandbox.message import Reply
from specloom.spec import Api, Credential, SpecloomError

from .faulty import FaultySandbox, Load, mutated, on, rewritten, with_member

Make = Callable[[Api], Sandbox]


def _bad_echo() -> dict[str, Any]:
    return {"answer": on(200, lambda reply: rewritten(reply, with_member("data.id", "F237-120723-000999")))}


def _lost(_: Any, reply: Reply, sandbox: Sandbox) -> Reply:
    assert isinstance(sandbox, FaultySandbox)
    sandbox.store.reset("fastpod")
    return reply


FAULTY: dict[str, tuple[str, Make]] = {
    "an undocumented status": (
        "fastpod",
        lambda api: FaultySandbox(api, answer=on(422, lambda reply: attrs.evolve(reply, status=409))),
    ),
    "another record echoed": ("fastpod", lambda api: FaultySandbox(api, **_bad_echo())),
    "a write that is lost": ("fastpod", lambda api: FaultySandbox(api, answer=_lost)),
    "a fault that is not named": (
        "ppl",
        lambda api: FaultySandbox(api, answer=on(400, lambda reply: rewritten(reply, with_member("errors", {})))),
    ),
    "a second cancel that is accepted": (
        "ppl",
        lambda api: Sandbox([mutated(api, ("from: [ordered]", "from: [ordered, cancelled]"))]),
    ),
    "another member that is accepted": (
        "ppl",
        lambda api: Sandbox(
            [
                mutated(
                    api, ("additionalProperties: false\n      properties:\n        note", "properties:\n        note")
                )
            ]
        ),
    ),
}


def _found(api: Api, make: Make) -> CampaignResult:
    """Return the result of all parts that can be run in this process."""
    context = inside(api, make(api))
    settings = attrs.evolve(context.settings, max_examples=2, stop_at_first=False)
    parts = {name: part for name, part in PARTS.items() if name != "schemathesis"}
    return run_parts(attrs.evolve(context, settings=settings), parts=parts)


@pytest.mark.parametrize("fault", FAULTY)
def test_each_failure_shows_again_on_the_faulty_server_and_not_on_a_correct_one(
    load: Load, tmp_path: Path, fault: str
) -> None:
    name, make = FAULTY[fault]
    api = load(name)
    found = _found(api, make)
    files = write_replays(tmp_path, found, base_url=None)
    assert set(files) == set(found.failures) != set()
    for failure, path in files.items():
        again = read_replay(path).failure
        assert again == failure
        assert replay(inside(api, make(api)), again).failures
        assert replay(inside(api, Sandbox([api])), again).failures == ()


@pytest.mark.parametrize("fault", ["an undocumented status", "another record echoed"])
def test_failures_of_schemathesis_show_again_too(load: Load, tmp_path: Path, fault: str) -> None:
    name, make = FAULTY[fault]
    api = load(name)
    with RunningSandbox(make(api)) as running:
        settings = CampaignSettings(f"{running.url}/{name}", parts=("schemathesis",), max_examples=5)
        found = run_campaign(api, settings)
    files = write_replays(tmp_path, found, base_url=None)
    assert files
    for path in files.values():
        again = read_replay(path).failure
        assert replay(inside(api, make(api)), again).failures
        assert replay(inside(api, Sandbox([api])), again).failures == ()


def test_a_sandbox_with_other_seeds_is_found_again(load: Load, tmp_path: Path) -> None:
    api = load("fastpod")
    fewer = mutated(api, ("count: 5, start: '000701'", "count: 4, start: '000701'"))
    found = _found(api, lambda _: Sandbox([fewer]))
    seeds = [failure for failure in found.failures if failure.check == "documented_seeds"]
    files = write_replays(tmp_path, attrs.evolve(found, failures=tuple(seeds)), base_url=None)
    assert len(files) == len(seeds) > 0
    for path in files.values():
        again = read_replay(path).failure
        assert replay(inside(api, Sandbox([fewer])), again).same
        assert not replay(inside(api, Sandbox([api])), again).failures


def test_steps_that_are_not_needed_are_left_out(load: Load) -> None:
    api = load("fastpod")
    target = "/v1/orders/F237-120723-000001/cancel"
    headers = (("Authorization", "Bearer {credential:0}"),)
    cancel = Step(Request("POST", target, headers), None, "a cancel", ("200",))
    again = Step(Request("POST", target, headers), None, "a second one", ("422",))
    others = [
        Step(Request("POST", target.replace("1/c", f"{number}/c"), headers), None, "another", ("200",))
        for number in (2, 3, 4, 5)
    ]
    steps = (*others[:2], cancel, *others[2:], again)
    failure = Failure(api.operations[0].label, "documented_outcome", "", rule="/paths", steps=steps)
    weak = mutated(api, ("from: [draft, new_order", "from: [cancelled, draft, new_order"))
    short = shortened(Rerun(inside(api, Sandbox([weak]))), failure, lambda: False)
    assert [step.expected for step in short.steps] == ["a cancel", "a second one"]
    kept = shortened(Rerun(inside(api, Sandbox([api]))), failure, lambda: False)
    assert kept == failure


@pytest.fixture
def folder(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with one spec, and go there."""
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/fastpod").mkdir()
    text = (root / "specs/fastpod/openapi.yaml").read_text()
    (tmp_path / "specs/fastpod/openapi.yaml").write_text(text)
    monkeypatch.chdir(tmp_path)
    for name in ("TOKEN", "USER", "PASSWORD"):
        monkeypatch.delenv(f"SPECLOOM_{name}", raising=False)
    return tmp_path


@pytest.fixture
def file(load: Load, folder: Path) -> Path:
    """Make the file of a failure."""
    found = _found(load("fastpod"), lambda api: FaultySandbox(api, **_bad_echo()))
    return next(iter(write_replays(folder / "replays", found, base_url=None).values()))


def test_the_command_says_whether_the_failure_shows_again(load: Load, file: Path) -> None:
    runner = CliRunner()
    with RunningSandbox(FaultySandbox(load("fastpod"), **_bad_echo())) as running:
        done = runner.invoke(main, ["fuzz", "--replay", str(file), "--base-url", f"{running.url}/fastpod"])
    assert (done.exit_code, "shows again" in done.stdout) == (1, True)
    assert "step 1" in done.stdout
    done = runner.invoke(main, ["fuzz", "--replay", str(file)])
    assert (done.exit_code, "is gone" in done.stdout) == (0, True)
    assert "sandbox-north-token" not in done.stdout


def test_a_changed_spec_is_said_and_one_without_the_operation_is_an_error(folder: Path, file: Path) -> None:
    spec = folder / "specs/fastpod/openapi.yaml"
    text = spec.read_text()
    spec.write_text(text.replace("version: 1.", "version: 2."))
    done = CliRunner().invoke(main, ["fuzz", "--replay", str(file)])
    assert done.exit_code == 0
    assert "has changed" in done.stderr
    spec.write_text(text.replace("/v1/orders/{id}/cancel", "/v2/orders/{id}/cancel"))
    done = CliRunner().invoke(main, ["fuzz", "--replay", str(file)])
    assert done.exit_code == 2
    assert "has no operation" in done.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not JSON"),
        ("[]", "no replay"),
        ("{}", "no replay"),
        ('{"format": "specloom replay", "version": 99}', "version 99"),
        ("\udcff".encode("utf-8", "surrogateescape"), "not JSON"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_so(tmp_path: Path, text: str | bytes | None, message: str) -> None:
    path = tmp_path / "a.json"
    if text is not None:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SpecloomError, match=message):
        read_replay(path)


@pytest.mark.parametrize("pointer", ["request", "body", "answer", "headers"])
def test_a_file_that_was_edited_wrongly_is_said_so(file: Path, pointer: str) -> None:
    value = json.loads(file.read_text())
    step = value["failure"]["steps"][0]
    if pointer in step:
        step[pointer] = 7
    else:
        step["request"][pointer] = {"base64": "!"}
    file.write_text(json.dumps(value))
    with pytest.raises(SpecloomError, match="no replay"):
        read_replay(file)


def test_the_options_of_a_replay_have_to_fit(file: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(main, ["fuzz", "ppl", "--replay", str(file)]).exit_code == 2
    live = ["--live", "--base-url", "https://api.example.com"]
    assert runner.invoke(main, ["fuzz", "--replay", str(file), *live]).exit_code == 2


def test_credentials_are_those_given_listed_set_or_of_the_spec(load: Load) -> None:
    api = load("hypertrack")
    known = [
        KnownCredential("north", "SPECLOOM_PASSWORD", forbidden=False, in_spec=0),
        KnownCredential("south", "SPECLOOM_PASSWORD_SOUTH", forbidden=False, in_spec=None),
    ]
    environment = {"SPECLOOM_USER_SOUTH": "s", "SPECLOOM_PASSWORD_SOUTH": "secret"}
    stated, south = credentials_again(api, known, None, (), environment)
    assert stated.tenant == "north"
    assert south == Credential("south", None, "s", "secret")
    given = Credential("", None, "me", "mine")
    assert credentials_again(api, known, given, (), environment)[0] == attrs.evolve(given, tenant="north")
    listed = (Credential("a", "1"), Credential("b", "2"))
    assert credentials_again(api, known, None, listed, {}) == listed
    with pytest.raises(SpecloomError, match="credential of south") as caught:
        credentials_again(api, known, None, (), {})
    assert "SPECLOOM_USER_SOUTH and SPECLOOM_PASSWORD_SOUTH" in str(caught.value)


def test_the_file_says_which_spec_it_was_found_with(load: Load, file: Path) -> None:
    found = read_replay(file)
    assert (found.api, found.spec) == ("fastpod", load("fastpod").document.digest())
    assert found.base_url is None
    assert "sandbox-north-token" not in file.read_text()


class _WithoutControl(Sandbox):
    """A server that has no control plane."""

    async def handle(self, request: Any) -> Reply:
        """Answer 404 to what is outside the spec."""
        return Reply(404) if request.path.startswith("/_sandbox/") else await super().handle(request)


def test_a_record_that_is_used_up_shows_no_failure(load: Load, folder: Path) -> None:
    api = load("fastpod")
    weak = mutated(api, ("from: [draft, new_order", "from: [cancelled, draft, new_order"))
    found = _found(api, lambda _: Sandbox([weak]))
    longer = tuple(failure for failure in found.failures if len(failure.steps) > 1)
    files = write_replays(folder, attrs.evolve(found, failures=longer[:1]), base_url=None)
    with RunningSandbox(_WithoutControl([api])) as running:
        arguments = ["fuzz", "--base-url", f"{running.url}/fastpod", "--replay", str(next(iter(files.values())))]
        first, second = (CliRunner().invoke(main, arguments) for _ in range(2))
    assert first.exit_code == 0
    assert "cannot be reset" in first.stderr
    assert second.exit_code == 2
    assert "step 1 was answered 422, not 200" in second.stderr
