"""A live server is sent the requests of a confirmed plan alone, slowly, and as long as its host is allowed."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from specloom.fuzz.live_server.guard import LiveGuard, RefusedError
from specloom.fuzz.running import CampaignInterrupted
from specloom.fuzz.wire import Request
from specloom.spec import SpecloomError

from .faulty import FaultySandbox, Load
from .vendor import Live, live


@pytest.mark.parametrize("allowed", ["", "vendor.test", "api.vendor.test", "api.vendor.test:1", "*.vendor.test"])
def test_a_host_that_is_not_on_the_list_has_no_plan(load: Load, allowed: str) -> None:
    with live(load("ppl")) as server:
        server.allowed = {allowed}
        with pytest.raises(SpecloomError, match=r"api\.vendor\.test:[0-9]+ is not on the allow list"):
            server.plan()


def test_a_plan_that_is_not_confirmed_is_not_run(load: Load) -> None:
    with live(load("ppl")) as server:
        for confirmed in ("", "yes", server.plan().digest[:-1]):
            with pytest.raises(RefusedError, match="not confirmed"):
                server.run(server.plan(), confirmed=confirmed)
        assert isinstance(server.sandbox, FaultySandbox)
        assert server.sandbox.seen == []


def test_a_list_that_is_changed_meanwhile_ends_it(load: Load) -> None:
    with live(load("ppl")) as server:
        plan = server.plan()
        server.allowed = set()
        with pytest.raises(SpecloomError, match="not on the allow list"):
            server.run(plan)
        assert isinstance(server.sandbox, FaultySandbox)
        assert server.sandbox.seen == []


def test_a_list_that_is_changed_on_the_way_ends_it_with_a_report(load: Load) -> None:
    with live(load("ppl")) as server:
        plan = server.plan()

        def sleep(seconds: float) -> None:
            Live.sleep(server, seconds)
            if len(server.slept) == 2:
                server.allowed = set()

        server.sleep = sleep  # type: ignore[method-assign]
        result = server.run(plan)
        assert result.cases == 2
        assert any("is not on the allow list" in text for text in result.left_out)


def test_a_name_that_leads_elsewhere_meanwhile_ends_it(load: Load) -> None:
    with live(load("ppl")) as server:
        plan = server.plan()
        server.addresses = ("127.0.0.2",)
        with pytest.raises(SpecloomError, match="leads elsewhere"):
            server.run(plan)
        server.addresses = ("127.0.0.2", "127.0.0.1")
        assert server.run(plan).failures == ()


def test_no_more_requests_are_sent_per_second_than_allowed(load: Load) -> None:
    with live(load("ppl")) as server:
        server.limits = attrs.evolve(server.limits, rate=4.0)
        plan = server.plan()
        server.run(plan)
        assert server.slept == [0.25] * (len(plan.requests) - 1)


def test_the_time_limit_ends_it_with_a_report(load: Load) -> None:
    with live(load("ppl")) as server:
        server.limits = attrs.evolve(server.limits, max_time=1.2)
        plan = server.plan()
        result = server.run(plan)
        assert result.cases == 3
        assert (
            f"{len(plan.requests) - 3} of {len(plan.requests)} requests: the time limit is reached" in result.left_out
        )


def test_ctrl_c_ends_it_with_a_report(load: Load) -> None:
    with live(load("ppl")) as server:
        plan = server.plan()

        def sleep(seconds: float) -> None:
            del seconds
            raise KeyboardInterrupt

        server.sleep = sleep  # type: ignore[method-assign]
        with pytest.raises(CampaignInterrupted) as caught:
            server.run(plan)
        assert caught.value.result.cases == 1


def test_the_guard_sends_no_other_request_and_none_more_often(load: Load) -> None:
    with live(load("ppl")) as server:
        plan = server.plan()
        sent: list[Request] = []

        class Wire:
            """Notes what it is to send."""

            def send(self, request: Request) -> Any:
                """Note a request."""
                sent.append(request)

            def close(self) -> None:
                """Close nothing."""

        guard = LiveGuard(
            plan,
            lambda _, __: Wire(),
            confirmed=plan.digest,
            allowed=lambda: server.allowed,
            resolve=lambda _: server.addresses,
            sleep=lambda _: None,
        )
        first = plan.requests[0].request
        guard.send(first)
        for other in (
            first,
            attrs.evolve(plan.requests[1].request, method="DELETE"),
            attrs.evolve(plan.requests[1].request, target="/"),
            attrs.evolve(plan.requests[1].request, body=b"{}"),
        ):
            with pytest.raises(RefusedError, match="not in the plan"):
                guard.send(other)
        assert sent == [first]


@pytest.mark.parametrize(("rate", "max_time"), [(0, 1), (-1, 1), (1, 0), (float("nan"), 1)])
def test_limits_are_above_0(load: Load, rate: float, max_time: float) -> None:
    with live(load("ppl")) as server:
        server.limits = attrs.evolve(server.limits, rate=rate, max_time=max_time)
        with pytest.raises(RefusedError, match="above 0"):
            server.run(server.plan())
