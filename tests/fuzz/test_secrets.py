"""No credential is in anything that a campaign says, in whatever form a server sends it back."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from specloom.fuzz import CampaignResult
from specloom.fuzz.context import Context
from specloom.fuzz.proof.inside import inside
from specloom.fuzz.replay import read_replay, replay, write_replays
from specloom.fuzz.reports import show, show_replay, write_reports
from specloom.fuzz.running import PARTS, run_parts
from specloom.sandbox.message import Reply, Request
from specloom.spec import Api
from specloom.spec.loading import read_api
from specloom.spec.reading import parse

from .faulty import FaultySandbox

SPEC = Path(__file__).parent / "things.yaml"
SECRETS = st.text(st.sampled_from("abcXYZ019-._~"), min_size=12, max_size=30).map(lambda text: f"canary{text}")


def _api(kind: str, secret: str) -> Api:
    """Return an API whose credentials are sent in one way, and hold a secret."""
    credentials = json.dumps([{"tenant": "north", "token": secret}])
    scheme = {
        "bearer": "type: http\n      scheme: bearer",
        "basic": "type: http\n      scheme: basic",
        "query": "type: apiKey\n      in: query\n      name: api_key",
        "header": "type: apiKey\n      in: header\n      name: X-Api-Key",
        "cookie": "type: apiKey\n      in: cookie\n      name: session",
    }[kind]
    if kind == "basic":
        credentials = json.dumps([{"tenant": "north", "user": "somebody", "password": secret}])
    text = SPEC.read_text("utf-8")
    head = text[: text.index("      type: apiKey")]
    return read_api(parse(f"{head}      {scheme}\n      x-credentials: {credentials}\n", SPEC), "things")


class _Echo:
    """Answers 500 with all that was sent, in several forms."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def __call__(self, request: Request, reply: Reply, _: Any) -> Reply:
        """Answer."""
        if reply.status != 200:
            return reply
        texts = [f"{name}: {value}" for name, value in request.headers]
        texts += [request.query if isinstance(request.query, str) else str(request.query)]
        texts += [self._secret, quote(self._secret, safe=""), json.dumps(self._secret)]
        texts += [base64.b64encode(f"somebody:{self._secret}".encode()).decode()]
        body = "\n".join([*texts, "<b>" + self._secret.swapcase()]).encode()
        return attrs.evolve(reply, status=500, headers=(("x-echo", self._secret), ("content-type", "a/b")), body=body)


def _context(api: Api, secret: str) -> Context:
    found = inside(api, FaultySandbox(api, answer=_Echo(secret)))
    return attrs.evolve(found, settings=attrs.evolve(found.settings, stop_at_first=False, max_examples=1))


def _all_said(result: CampaignResult, context: Context, folder: Path) -> str:
    """Return the text of all that comes out of a campaign and of replaying its failures."""
    replays = write_replays(folder / "replays", result, base_url=None)
    write_reports(folder, [result], replays)
    shown = io.StringIO()
    console = Console(file=shown, width=200)
    show(console, [result], replays)
    for path in replays.values():
        found = read_replay(path)
        verdict = replay(context, found.failure)
        assert verdict.failures
        show_replay(console, found, verdict)
    written = [path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()]
    return "\n".join([shown.getvalue(), repr(result), *written])


@pytest.mark.parametrize("kind", ["bearer", "basic", "query", "header", "cookie"])
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(secret=SECRETS)
def test_a_canary_is_in_no_report(kind: str, secret: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    api = _api(kind, secret)
    context = _context(api, secret)
    parts = {name: part for name, part in PARTS.items() if name != "schemathesis"}
    result = run_parts(context, parts=parts)
    assert result.failures
    said = _all_said(result, context, tmp_path_factory.mktemp("report"))
    for text in (secret, quote(secret, safe=""), secret.swapcase()):
        assert text not in said
    assert base64.b64encode(f"somebody:{secret}".encode()).decode() not in said
    assert "{credential:0}" in said
