"""A sandbox that stands for the server of a vendor: it is known by the name of another machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from specloom.fuzz import CampaignSettings
from specloom.fuzz.live_server.campaign import Limits, prepare, run_live
from specloom.fuzz.live_server.plan import LivePlan
from specloom.fuzz.result import CampaignResult
from specloom.fuzz.targets import KnownRecord
from specloom.sandbox import RunningSandbox, Sandbox
from specloom.spec import Api

from .faulty import FaultySandbox


class Live:
    """A sandbox on this machine that is known by the name of another one, and a clock that stands until it is told."""

    def __init__(self, api: Api, sandbox: Sandbox, port: int, listed: tuple[KnownRecord, ...] | None = None) -> None:
        """Take the sandbox and its port."""
        self.api = api
        self.sandbox = sandbox
        self.allowed = {f"api.vendor.test:{port}"}
        self.addresses: tuple[str, ...] = ("127.0.0.1",)
        self.now = 0.0
        self.slept: list[float] = []
        credentials = tuple(
            each
            for scheme in api.security_schemes.values()
            for each in scheme.credentials
            if each.tenant == "north" and not each.forbidden
        )
        url = f"http://api.vendor.test:{port}/{api.name}"
        self.settings = CampaignSettings(url, credentials=credentials, listed=listed)
        self.limits = Limits(lambda: self.allowed)

    def plan(self) -> LivePlan:
        """Make the plan; nothing is sent."""
        return prepare(self.api, self.settings, self.limits, resolve=lambda _: self.addresses)

    def run(self, plan: LivePlan, *, confirmed: str | None = None) -> CampaignResult:
        """Run a plan that is confirmed, unless something else is said."""
        return run_live(
            self.api,
            self.settings,
            plan,
            self.limits,
            confirmed=plan.digest if confirmed is None else confirmed,
            resolve=lambda _: self.addresses,
            clock=lambda: self.now,
            sleep=self.sleep,
        )

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.now += seconds

    @property
    def changed(self) -> list[dict[str, Any]]:
        """The records that are no longer as seeded."""
        assert isinstance(self.sandbox, FaultySandbox)
        store = self.sandbox.store
        return [
            body
            for kind in self.api.records.values()
            for (_, body), (_, seed) in zip(store.records(self.api.name, kind.name), kind.seeded(), strict=True)
            if body != seed
        ]


@contextmanager
def live(api: Api, listed: tuple[KnownRecord, ...] | None = None, **faults: Any) -> Iterator[Live]:
    sandbox = FaultySandbox(api, **faults)
    with RunningSandbox(sandbox) as running:
        yield Live(api, sandbox, int(running.url.rpartition(":")[2]), listed)
