"""Requests for the same record at the same time: exactly one succeeds, and a server that lets two through is found."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any, cast

import attrs
import pytest

from specloom.fuzz import CampaignResult, CampaignSettings, run_campaign
from specloom.fuzz.proof.inside import inside
from specloom.fuzz.simultaneous import part
from specloom.sandbox import RunningSandbox, Sandbox
from specloom.spec import Api

from .faulty import FaultySandbox, Load, mutated, on


@attrs.define(slots=False)
class _Gate:
    """Where the first request for a record waits for the second; `sent` is what the first was answered."""

    second: asyncio.Event = attrs.field(factory=asyncio.Event)
    done: asyncio.Event = attrs.field(factory=asyncio.Event)
    sent: list[Any] = attrs.field(factory=list)
    count: int = 0


class _Racing:
    """A server that looks at the record before it waits, and changes it afterwards."""

    def __init__(self, api: Api) -> None:
        """Take the API to serve."""
        self._sandbox = Sandbox([api])
        self._gates: dict[bytes, _Gate] = {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer the second request for a record as the first."""
        if scope["path"].startswith("/_sandbox/"):
            await self._sandbox(scope, receive, send)
            return
        gate = self._gates.setdefault(scope["raw_path"] + scope["query_string"], _Gate())
        gate.count += 1
        if gate.count == 1:
            await gate.second.wait()

            async def kept(event: Any) -> None:
                gate.sent.append(event)
                await send(event)

            await self._sandbox(scope, receive, kept)
            gate.done.set()
            return
        gate.second.set()
        if gate.count > 2:
            await self._sandbox(scope, receive, send)
            return
        await gate.done.wait()
        for event in gate.sent:
            await send(event)


def _result(api: Api, app: Any) -> CampaignResult:
    with RunningSandbox(cast("Sandbox", app)) as server:
        return run_campaign(api, CampaignSettings(f"{server.url}/{api.name}", parts=("simultaneous",)))


@pytest.mark.parametrize("name", ["fastpod", "fuuffy", "hypertrack", "ppl"])
def test_exactly_one_of_them_succeeds(load: Load, name: str) -> None:
    result = _result(load(name), Sandbox([load(name)]))
    assert result.failures == ()
    operations = len(load(name).operations)
    assert result.cases == 27 * operations
    assert result.statuses["200"] == 3 * operations


def test_a_server_that_lets_two_through_fails(load: Load) -> None:
    result = _result(load("fastpod"), _Racing(load("fastpod")))
    assert Counter(failure.check for failure in result.failures) == {"documented_outcome": 1}
    assert "answered 200 2 times, 422 6 times; exactly one may succeed" in result.failures[0].message
    assert result.failures[0].rule.endswith("/x-transition/from")


def test_a_server_that_fails_under_them_fails(load: Load) -> None:
    broken = FaultySandbox(load("ppl"), answer=on(400, lambda reply: attrs.evolve(reply, status=500)))
    assert "answered 200 1 times, 500 7 times" in _result(load("ppl"), broken).failures[0].message


def test_a_server_on_which_any_second_request_succeeds_is_left_to_other_parts(load: Load) -> None:
    weakened = mutated(load("ppl"), ("from: [ordered]", "from: [ordered, cancelled]"))
    assert _result(load("ppl"), Sandbox([weakened])).ok


def test_nothing_is_sent_where_nothing_happens_at_once(load: Load) -> None:
    assert list(part(inside(load("ppl"), Sandbox([load("ppl")])))) == []
