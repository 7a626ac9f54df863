"""An API whose spec describes no behaviour is fuzzed by what its schemas, statuses and credentials say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from specloom.fuzz import CampaignResult, CampaignSettings, run_campaign
from specloom.sandbox import RunningSandbox, Sandbox
from specloom.sandbox.message import Reply, Request
from specloom.spec import Api, Credential
from specloom.spec.loading import read_api
from specloom.spec.reading import parse

SPEC = Path(__file__).parent / "things.yaml"


def _api(location: str) -> Api:
    return read_api(parse(SPEC.read_text("utf-8").replace("in: query\n", f"in: {location}\n"), SPEC), "things")


class _Server(Sandbox):
    """A sandbox that changes its answers."""

    def __init__(self, api: Api, change: Callable[[Reply], Reply]) -> None:
        super().__init__([api])
        self._change = change

    async def handle(self, request: Request) -> Reply:
        """Answer, changed where the API is meant."""
        reply = await super().handle(request)
        return reply if request.path.startswith("/_sandbox/") else self._change(reply)


def _run(api: Api, sandbox: Sandbox, credential: Credential | None = None) -> CampaignResult:
    with RunningSandbox(sandbox) as running:
        settings = CampaignSettings(f"{running.url}/things", max_examples=10, credential=credential)
        return run_campaign(api, settings)


@pytest.mark.parametrize("location", ["query", "header"])
def test_an_api_key_is_sent_where_it_belongs(location: str) -> None:
    api = _api(location)
    result = _run(api, Sandbox([api]))
    assert result.failures == ()
    assert result.statuses["200"] > 0
    assert result.left_out == ("the stateful phase: not_applicable",)
    assert sum(result.operations["GET /things/{id}"].values()) == sum(result.phases.values())


@pytest.mark.parametrize("location", ["query", "header"])
def test_no_failure_shows_the_api_key(location: str) -> None:
    api = _api(location)
    result = _run(api, _Server(api, lambda reply: attrs.evolve(reply, status=500) if reply.status == 200 else reply))
    assert result.failures
    assert all("$SPECLOOM_TOKEN" in failure.curl for failure in result.failures)
    assert "things-secret" not in repr(result)


def test_credentials_that_are_not_checked_are_found() -> None:
    api = _api("query")
    open_api = attrs.evolve(api, operations=tuple(attrs.evolve(each, security=()) for each in api.operations))
    assert "ignored_auth" in {failure.check for failure in _run(api, Sandbox([open_api])).failures}


def test_it_is_said_when_no_request_succeeded() -> None:
    api = _api("query")
    result = _run(api, Sandbox([api]), Credential("", token="expired"))  # noqa: S106 - no password of anything
    assert "GET /things/{id}: no request succeeded, so the documented success was not seen" in result.left_out
