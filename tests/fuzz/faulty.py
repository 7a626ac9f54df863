"""Servers with a fault each, for campaigns to find."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import attrs

from specloom.fuzz import CampaignResult, CampaignSettings, run_campaign
from specloom.sandbox import RunningSandbox, Sandbox, Store
from specloom.sandbox.message import Reply, Request
from specloom.spec import Api
from specloom.spec.loading import read_api
from specloom.spec.reading import parse

Load = Callable[[str], Api]
Change = Callable[[Request, Reply, Sandbox], Reply]


class FaultySandbox(Sandbox):
    """A sandbox that changes what it is asked, or what it answers."""

    def __init__(
        self, api: Api, *, ask: Callable[[Request], Request] | None = None, answer: Change | None = None
    ) -> None:
        """Take what to do with each request to the API, and with each answer."""
        self.store = Store()
        self.seen: list[Request] = []
        self.broken: list[Exception] = []
        super().__init__([api], self.store)
        self._ask = ask
        self._answer = answer

    def handle(self, request: Request) -> Reply:
        """Answer with the faults."""
        if request.path.startswith("/_sandbox/"):
            return super().handle(request)
        self.seen.append(request)
        reply = super().handle(self._ask(request) if self._ask else request)
        try:
            return self._answer(request, reply, self) if self._answer else reply
        except Exception as error:
            # The server would answer 500, and the campaign would find that in place of the fault.
            self.broken.append(error)
            raise


def run(api: Api, sandbox: Sandbox, **settings: Any) -> CampaignResult:
    with RunningSandbox(sandbox) as running:
        return run_campaign(api, CampaignSettings(f"{running.url}/{api.name}", **{"max_examples": 20, **settings}))


def mutated(api: Api, *changes: tuple[str, str]) -> Api:
    """Return the API that a changed spec describes."""
    text = api.document.path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read_api(parse(text, api.document.path), api.name)


def rewritten(reply: Reply, edit: Callable[[Any], Any]) -> Reply:
    return attrs.evolve(reply, body=json.dumps(edit(json.loads(reply.body))).encode())


def on(status: int, change: Callable[[Reply], Reply]) -> Change:
    return lambda _, reply, __: change(reply) if reply.status == status else reply


def with_member(path: str, new: Any) -> Callable[[Any], Any]:
    """Return an edit that sets the member at a dotted path, or removes it when `new` is ..."""

    def edit(body: Any) -> Any:
        *parents, last = path.split(".")
        holder = body
        for name in parents:
            holder = holder[name]
        if new is ...:
            holder.pop(last, None)
        else:
            holder[last] = new
        return body

    return edit
