"""A sandbox on another machine is fuzzed with its control plane by its token, which is told nowhere."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner, Result

from specloom.cli import main
from specloom.fuzz import CampaignSettings
from specloom.fuzz.control import ControlPlane
from specloom.fuzz.redaction import Redactor
from specloom.fuzz.running import connect
from specloom.fuzz.wire import Answer, AsgiWire, HttpWire, NoAnswerError, Request
from specloom.sandbox import RunningSandbox, Sandbox
from specloom.sandbox.message import Reply
from specloom.sandbox.message import Request as Received
from specloom.spec import Api, Credential, SpecloomError

from .faulty import Load

TOKEN = "canary-control-7f3a"
Run = Callable[..., Result]


class Elsewhere(Sandbox):
    """A sandbox to which whoever asks is another machine; if it is `broken`, its successes are 500 with the token."""

    def __init__(self, api: Api, token: str | None = TOKEN, *, broken: bool = False) -> None:
        """Take the API and the control token."""
        super().__init__([api], control_token=token)
        self.broken = broken
        self.asked: list[Received] = []

    async def handle(self, request: Received) -> Reply:
        """Answer a request."""
        self.asked.append(request)
        reply = await super().handle(attrs.evolve(request, peer="10.0.0.7"))
        if not self.broken or reply.status != 200 or request.path.startswith("/_sandbox/"):
            return reply
        encoded = base64.b64encode(f"Bearer {TOKEN}".encode()).decode()
        text = f"{TOKEN} {TOKEN.upper()} {encoded} {json.dumps({'control': TOKEN})}"
        return Reply(500, (("content-type", "text/plain"), ("x-control", TOKEN)), text.encode())


@pytest.fixture
def fuzz(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `specloom fuzz ppl` in an empty folder with the specs."""
    (tmp_path / "specs").symlink_to(root / "specs")
    monkeypatch.chdir(tmp_path)
    for variable in ("SPECLOOM_CONTROL_TOKEN", "SPECLOOM_TOKEN"):
        monkeypatch.delenv(variable, raising=False)
    return lambda *arguments: CliRunner().invoke(main, ["fuzz", "ppl", "--parts", "probes", *arguments])


@contextmanager
def served(load: Load, token: str | None = TOKEN, **options: Any) -> Iterator[tuple[Elsewhere, str]]:
    sandbox = Elsewhere(load("ppl"), token, **options)
    with RunningSandbox(sandbox) as running:
        yield sandbox, f"{running.url}/ppl"


@pytest.mark.parametrize("given", ["option", "environment"])
def test_with_the_token_records_are_read_and_reset(
    load: Load, fuzz: Run, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    if given == "environment":
        monkeypatch.setenv("SPECLOOM_CONTROL_TOKEN", TOKEN)
    with served(load) as (_, url):
        done = fuzz("--base-url", url, "--json", *(["--control-token", TOKEN] if given == "option" else []))
    assert done.exit_code == 0
    (result,) = json.loads(done.stdout)
    assert result["left_out"] == []
    assert result["cases"] > 500


def test_the_token_goes_to_the_control_plane_alone_and_only_when_it_is_demanded(load: Load, fuzz: Run) -> None:
    with served(load) as (sandbox, url):
        fuzz("--base-url", url, "--control-token", TOKEN, "--time-limit", "0.5")
        bearing = [each.path.startswith("/_sandbox/") for each in sandbox.asked if TOKEN in str(each.headers)]
        assert bearing
        assert all(bearing)
        assert TOKEN not in str(sandbox.asked[0].headers)


@pytest.mark.parametrize(
    ("demanded", "given", "told"),
    [
        (TOKEN, [], "demands a token"),
        (TOKEN, ["--control-token", "another-token"], "refuses the control token"),
        (None, ["--control-token", TOKEN], "answers its own machine alone"),
    ],
    ids=["none given", "another given", "none to give"],
)
def test_a_control_plane_that_lets_nobody_in_is_said_so(
    load: Load, fuzz: Run, demanded: str | None, given: list[str], told: str
) -> None:
    with served(load, demanded) as (sandbox, url):
        done = fuzz("--base-url", url, *given)
        assert {each.path for each in sandbox.asked} == {"/_sandbox/"}
    assert done.exit_code == 2
    assert told in done.stderr
    assert "--control-token" in done.stderr
    assert TOKEN not in done.output
    assert "another-token" not in done.output


@pytest.mark.parametrize("token", ["", "canary 7", "canary\r\nx: y", "cänary"], ids=["empty", "two", "lines", "letter"])
def test_what_cannot_be_sent_as_a_token_is_refused_unseen(load: Load, fuzz: Run, token: str) -> None:
    with served(load) as (sandbox, url):
        done = fuzz("--base-url", url, "--control-token", token)
        assert sandbox.asked == []
    assert done.exit_code == 2
    assert "the control token is no bearer token" in done.stderr
    assert "nary" not in done.output


def test_the_token_is_in_no_report_and_no_replay(load: Load, fuzz: Run, tmp_path: Path) -> None:
    """Also where a server sends it back, as it is or in another form."""
    with served(load, broken=True) as (_, url):
        given = ("--base-url", url, "--control-token", TOKEN)
        done = fuzz(*given, "--report", "out")
        assert done.exit_code == 1
        replays = sorted((tmp_path / "out/replays").iterdir())
        again = fuzz(*given, "--replay", str(next(each for each in replays if "server-error" in each.name)))
    assert again.exit_code == 1
    written = [path.read_text("utf-8") for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert any("[redacted]" in text for text in written)
    for text in (done.output, again.output, *written):
        assert "canary" not in text.lower()
        assert base64.b64encode(f"Bearer {TOKEN}".encode()).decode() not in text


def test_no_repr_has_the_token(load: Load) -> None:
    with served(load) as (_, url):
        settings = CampaignSettings(url, control_token=TOKEN)
        context = connect(load("ppl"), settings)
        assert context.control.available
        for each in (settings, context, context.control, context.redactor, vars(context.control)["_wire"]):
            assert TOKEN not in repr(each)
        context.control.close()


def test_what_comes_in_place_of_an_answer_is_told_without_it(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as a status line that is none, with the request in it."""
    send = HttpWire.send

    def answered(wire: HttpWire, request: Request) -> Answer:
        if request.headers:
            raise NoAnswerError(f"bad status line: {request.headers[0][1]}")
        return send(wire, request)

    monkeypatch.setattr(HttpWire, "send", answered)
    with (
        served(load) as (_, url),
        pytest.raises(SpecloomError, match=r"line: Bearer \[redacted\]") as caught,
    ):
        connect(load("ppl"), CampaignSettings(url, control_token=TOKEN))
    assert TOKEN not in str(caught.value)


def test_hidden_secrets_are_redacted_beside_credentials_and_without_any() -> None:
    encoded = base64.b64encode(f"me:{TOKEN}".encode()).decode()
    for credentials in ([], [Credential("n", token="sandbox-north-token")]):  # noqa: S106 - public
        redactor = Redactor(credentials, [TOKEN])
        answer = redactor.answer(Answer(200, (("x-a", encoded),), f"a {TOKEN} b {TOKEN.swapcase()}".encode()))
        assert answer == Answer(200, (("x-a", "[redacted]"),), b"a [redacted] b [redacted]")
        assert redactor.text("c2VjcmV0c2VjcmV0") == "c2VjcmV0c2VjcmV0"


def test_a_control_plane_in_this_process_takes_the_token_too(load: Load) -> None:
    sandbox = Elsewhere(load("ppl"))
    control = ControlPlane.over(AsgiWire(sandbox), "ppl", TOKEN)
    assert control.available
    assert control.digest()
    with pytest.raises(SpecloomError, match="the control plane of the server demands a token"):
        ControlPlane.over(AsgiWire(sandbox), "ppl")
    assert AsgiWire(sandbox).send(Request("GET", "/_sandbox/")).status == 401
