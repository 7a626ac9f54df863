"""Servers with a fault each, for campaigns to find."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import attrs

from specloom.fuzz import CampaignResult, CampaignSettings, run_campaign
from specloom.sandbox import RunningSandbox, Sandbox, open_store
from specloom.sandbox.message import Reply, Request
from specloom.sandbox.store import Entry, Record, Store
from specloom.spec import Api
from specloom.spec.loading import read_api
from specloom.spec.reading import parse

T = TypeVar("T")
ENTRY = Entry(0, 0.0, None, None, None, "POST", "/", (), b"", 200, (), b"", 0.0, ())

Load = Callable[[str], Api]
Change = Callable[[Request, Reply, Sandbox], Reply]


@attrs.frozen
class Records:
    """The records of a store in memory, which is read and changed without waiting, from inside a request too."""

    store: Store

    def find(self, api: str, kind: str, tenant: str, key: tuple[str, Any]) -> Record | None:
        """Return the record with a key."""
        return now(self.store.find(api, kind, tenant, key))

    def records(self, api: str, kind: str) -> list[tuple[str, dict[str, Any]]]:
        """Return (tenant, body) of all records of a kind."""
        return now(self.store.records(api, kind))

    def change(self, record: Record, **members: Any) -> None:
        """Give members of a record other values."""
        assert now(self.store.commit([(record, {**record.body, **members})], ENTRY))

    def reset(self, api: str) -> None:
        """Bring back the seeds."""
        now(self.store.reset(api))


def now(coroutine: Coroutine[Any, Any, T]) -> T:
    """Return what a coroutine returns that has nothing to wait for."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    raise AssertionError("it waits")


class FaultySandbox(Sandbox):
    """A sandbox that changes what it is asked, or what it answers."""

    def __init__(
        self, api: Api, *, ask: Callable[[Request], Request] | None = None, answer: Change | None = None
    ) -> None:
        """Take what to do with each request to the API, and with each answer."""
        store = open_store()
        self.store = Records(store)
        self.seen: list[Request] = []
        self.broken: list[Exception] = []
        super().__init__([api], store)
        self._ask = ask
        self._answer = answer

    async def handle(self, request: Request) -> Reply:
        """Answer with the faults."""
        if request.path.startswith("/_sandbox/"):
            return await super().handle(request)
        self.seen.append(request)
        reply = await super().handle(self._ask(request) if self._ask else request)
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
