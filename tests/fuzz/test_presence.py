"""A control plane that fails from the start is told apart from none, and a user may say that there is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from specloom.cli import main
from specloom.fuzz.presence import is_present
from specloom.fuzz.wire import Answer
from specloom.sandbox import RunningSandbox, Sandbox
from specloom.sandbox.message import Reply, Request
from specloom.sandbox.server import listen
from specloom.spec import Api, SpecloomError

from .faulty import Load

Run = Callable[..., Result]
JSON, HTML = ("content-type", "application/json; charset=utf-8"), ("Content-Type", "text/html")


class Greeting(Sandbox):
    """A sandbox whose control plane answers every request alike."""

    def __init__(self, api: Api, reply: Reply) -> None:
        """Take the API and the answer."""
        super().__init__([api])
        self._reply = reply
        self.called = False

    async def handle(self, request: Request) -> Reply:
        """Answer a request."""
        if request.path.startswith("/_sandbox/"):
            return self._reply
        self.called = True
        return await super().handle(request)


@pytest.fixture
def fuzz(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a part of `specloom fuzz fastpod` in an empty folder with the specs."""
    (tmp_path / "specs").symlink_to(root / "specs")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SPECLOOM_TOKEN", raising=False)
    return lambda *arguments: CliRunner().invoke(main, ["fuzz", "fastpod", "--parts", "probes", *arguments])


@pytest.mark.parametrize(
    "answer",
    [
        Answer(404, (JSON,), b'{"detail": "nothing here"}'),
        Answer(405, (("allow", "POST"),)),
        Answer(200, (HTML,), b"<!doctype html>"),
        Answer(200, (), b'{"apis": {"fastpod": {}}}'),
        Answer(204),
        Answer(302, (("location", "/login"),)),
        Answer(400, (JSON,), b"{}"),
        Answer(401, (JSON, ("www-authenticate", 'Bearer realm="orders"')), b"{}"),
        Answer(403, (JSON,), b'{"message": "Forbidden"}'),
        Answer(501, (HTML,), b"<h1>Not Implemented</h1>"),
        Answer(200, (JSON,), b'{"apis": {"others": {}}}'),
    ],
    ids=lambda answer: f"{answer.status} {answer.body.decode()[:20]}".strip(),
)
def test_what_is_answered_by_servers_without_a_control_plane_means_none(answer: Answer) -> None:
    assert not is_present(answer, "fastpod", "the server", has_token=False)


def test_a_list_of_apis_means_one() -> None:
    assert is_present(Answer(200, (JSON,), b'{"apis": {"fastpod": {}}}'), "fastpod", "the server", has_token=False)


BROKEN = {
    "500": (Answer(500, (("content-type", "text/plain"),), b"Internal Server Error"), "it answered 500"),
    "503": (Answer(503, (JSON,), b'{"apis": {"fastpod": {}}}'), "it answered 503"),
    "broken JSON": (Answer(200, (JSON,), b'{"apis": {'), "it lists no APIs"),
    "nested JSON": (Answer(200, (JSON,), b"[" * 100_000), "it lists no APIs"),
    "no UTF-8": (Answer(200, (JSON,), b'{"apis": "\xff"}'), "it lists no APIs"),
    "other JSON": (Answer(200, (JSON,), b'{"status": "ok"}'), "it lists no APIs"),
    "an array": (Answer(200, (JSON,), b'["fastpod"]'), "it lists no APIs"),
    "another form": (Answer(200, (JSON,), b'{"apis": ["fastpod"]}'), "it lists no APIs"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_no_other_server_answers_is_a_control_plane_that_fails(name: str) -> None:
    answer, told = BROKEN[name]
    with pytest.raises(SpecloomError, match=f"the control plane of the server fails: {told}") as caught:
        is_present(answer, "fastpod", "the server", has_token=False)
    assert "--no-control-plane" in str(caught.value)


@pytest.mark.parametrize("name", ["500", "other JSON"])
def test_a_campaign_is_not_begun_beside_a_control_plane_that_fails(load: Load, fuzz: Run, name: str) -> None:
    answer = BROKEN[name][0]
    server = Greeting(load("fastpod"), Reply(answer.status, answer.headers, answer.body))
    with RunningSandbox(server) as running:
        done = fuzz("--base-url", f"{running.url}/fastpod")
        assert not server.called
        assert done.exit_code == 2
        assert f"the control plane of {running.url} fails: {BROKEN[name][1]}" in done.stderr
        done = fuzz("--base-url", f"{running.url}/fastpod", "--no-control-plane", "--json")
    assert done.exit_code == 0
    (result,) = json.loads(done.stdout)
    assert result["cases"] > 50
    assert any("the server has no control plane" in text for text in result["left_out"])


def test_a_control_plane_may_be_left_alone(load: Load, fuzz: Run) -> None:
    with RunningSandbox(Sandbox([load("fastpod")])) as running:
        done = fuzz("--base-url", f"{running.url}/fastpod", "--no-control-plane", "--json")
    assert done.exit_code == 0
    assert any("no control plane" in text for text in json.loads(done.stdout)[0]["left_out"])


def test_whoever_says_that_there_is_none_still_needs_a_server(fuzz: Run) -> None:
    assert fuzz("--no-control-plane").exit_code == 2
    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    done = fuzz("--base-url", f"http://127.0.0.1:{port}/fastpod", "--no-control-plane")
    assert done.exit_code == 2
    assert "does not answer" in done.stderr
