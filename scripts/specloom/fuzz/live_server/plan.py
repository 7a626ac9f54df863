"""Plan which requests a live server is sent: those that a correct server refuses, and calls that the user lists."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import attrs

from specloom.fuzz.hosts import Host
from specloom.fuzz.machine import requests
from specloom.fuzz.machine.calls import Call, Slot, Target, compose
from specloom.fuzz.machine.plan import Plan
from specloom.fuzz.machine.requests import Passes
from specloom.fuzz.machine.shapes import Edit
from specloom.fuzz.scope import location_of, member
from specloom.fuzz.targets import KnownRecord, Supply
from specloom.fuzz.wire import Request
from specloom.spec import Api, Credential, Operation, Schemas
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import Outcome
from specloom.spec.expression import ABSENT

_MAX_EDITS: Final = 12


@attrs.frozen
class PlannedRequest:
    """A request to a live server, what it is for, and the outcome that it must have.

    `record` names the record of the user's that it changes; it is empty for a request that must be refused.
    """

    operation: Operation
    request: Request = attrs.field(repr=False)
    purpose: str
    outcome: Outcome
    record: str = ""

    @property
    def status(self) -> str:
        """The status that the spec documents for the outcome."""
        return self.operation.answers[self.outcome].status


@attrs.frozen
class LivePlan:
    """What a live server is sent; `addresses` are those of the host when the plan was made."""

    api: str
    host: Host
    addresses: tuple[str, ...]
    requests: tuple[PlannedRequest, ...]
    left_out: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """A short name of everything in the plan, to confirm it by."""
        sent = [(each.request.method, each.request.target, each.request.headers) for each in self.requests]
        bodies = [each.request.body for each in self.requests]
        return hashlib.sha256(repr((self.host, self.addresses, sent, bodies)).encode("utf-8", "replace")).hexdigest()[
            :12
        ]

    def lines(self) -> Iterator[str]:
        """Yield the plan for people, a line for each kind of request and for each record that would change."""
        yield f"{len(self.requests)} requests to {self.host} ({', '.join(self.addresses)})"
        groups: dict[tuple[str, str, str, str], list[PlannedRequest]] = {}
        for each in self.requests:
            groups.setdefault((each.operation.label, each.purpose, each.status, each.record), []).append(each)
        for (label, purpose, status, record), found in groups.items():
            changes = f"; CHANGES {record}" if record and found[0].outcome == "success" else ""
            yield f"{len(found):4} of {label}: {purpose}, expecting {status}{changes}"
        yield from (f"left out: {text}" for text in self.left_out)


def live_plan(
    api: Api, host: Host, addresses: Sequence[str], supply: Supply, credentials: Iterable[Credential]
) -> LivePlan:
    """Return the plan for a live server; `credentials` are those of the user, and may be none.

    A request that must be refused names a record that there is not, even where something else is wrong with it: a
    server that overlooks the fault has nothing to change. The records that a user lists with `act: true`, and no
    others, are acted on, once, and then named again to see that they are refused.
    """
    passes = Passes(api, [each for each in credentials if not each.forbidden])
    schemas = Schemas(api.document)
    found: list[PlannedRequest] = []
    left_out = []
    if not passes.tenants and any(operation.security for operation in api.operations):
        left_out.append("what needs a credential: none was given")
    for operation in api.operations:
        if operation.transition is None or not operation.answers:
            left_out.append(f"{operation.label}: it names no record, so no request is known that changes nothing")
            continue
        plan = Plan(api, operation, operation.transition, schemas, supply)
        records = [each for each in supply.records if each.kind == plan.kind.name]
        if records:
            found += _unauthenticated(plan, _made_up(api), records[0])
            found += [each for tenant in passes.tenants[:1] for each in _refused(plan, passes, tenant, records[0])]
        else:
            left_out.append(f"{operation.label}: no {plan.kind.name} record is known to make an unknown one from")
        for record in records:
            if record.act and record.tenant in passes.tenants:
                found += _acting(plan, passes, record)
            elif record.act:
                left_out.append(
                    f"{operation.label}: no credential was given for {record.tenant}, whose record is listed"
                )
    return LivePlan(api.name, host, tuple(addresses), tuple(found), tuple(left_out))


def _refused(plan: Plan, passes: Passes, tenant: str, template: KnownRecord) -> Iterator[PlannedRequest]:
    slot = Slot(plan.kind.name, template.tenant, None, 0)
    call = Call(plan.operation.label, tenant, (Target(slot, unknown=0),))
    calls: list[tuple[str, Outcome, Call]] = [("a record that there is not", "unknown-record", call)]
    # A wrong value in place of a key could, read loosely, be the key of a record that there is.
    edits = [number for number, edit in enumerate(plan.shapes.edits) if not _is_key(plan, edit)]
    calls += [
        ("a wrong body, for a record that there is not", "invalid", attrs.evolve(call, edit=number))
        for number in edits[:_MAX_EDITS]
    ]
    yield from _planned(plan, passes, calls, slot, template)


def _unauthenticated(plan: Plan, made_up: Passes, template: KnownRecord) -> Iterator[PlannedRequest]:
    slot = Slot(plan.kind.name, template.tenant, None, 0)
    call = Call(plan.operation.label, made_up.tenants[0], (Target(slot, unknown=0),))
    none = attrs.evolve(call, credential="missing")
    calls: list[tuple[str, Outcome, Call]] = [
        ("no credential, for a record that there is not", "unauthenticated", none),
        ("a made-up credential, for a record that there is not", "unauthenticated", call),
    ]
    if plan.operation.security:
        yield from _planned(plan, made_up, calls, slot, template)


def _planned(
    plan: Plan, passes: Passes, calls: Iterable[tuple[str, Outcome, Call]], slot: Slot, template: KnownRecord
) -> Iterator[PlannedRequest]:
    for purpose, outcome, call in calls:
        request = _request(plan, passes, call, slot, template)
        if request is not None and outcome in plan.operation.answers:
            yield PlannedRequest(plan.operation, request, purpose, outcome)


def _made_up(api: Api) -> Passes:
    """Return credentials of nobody."""
    tenant = next(iter(api.tenants), "nobody")
    return Passes(api, [Credential(tenant, token="made-up"), Credential(tenant, user="made-up", password="made-up")])  # noqa: S106


def _is_key(plan: Plan, edit: Edit) -> bool:
    """Say whether an edit writes a value where the request names its record."""
    base = f"{plan.shapes.array}/0" if plan.shapes.array else ""
    named = (location_of(expression, base) for _, expression in plan.transition.match)
    return edit.value is not ABSENT and ("body", json_pointer.join(*edit.tokens)) in set(named)


def _acting(plan: Plan, passes: Passes, record: KnownRecord) -> Iterator[PlannedRequest]:
    """Yield the request that changes a record, and the same again."""
    slot = Slot(plan.kind.name, record.tenant, None, 0)
    state = member(record.body, plan.kind.state)
    request = _request(plan, passes, Call(plan.operation.label, record.tenant, (Target(slot),)), slot, record)
    if request is None or (state is not ABSENT and state not in plan.transition.from_states):
        return
    key = next(value for value in (member(record.body, pointer) for pointer in plan.kind.keys) if value is not ABSENT)
    name = f"the {plan.kind.name} {key!r} of {record.tenant}"
    yield PlannedRequest(plan.operation, request, f"{name}, which you list with act: true", "success", name)
    if "wrong-state" in plan.operation.answers:
        yield PlannedRequest(plan.operation, request, f"{name} again", "wrong-state", name)


def _request(plan: Plan, passes: Passes, call: Call, slot: Slot, record: KnownRecord) -> Request | None:
    """Write a call out; None when it cannot be, or is not wrong in the one way that is meant."""
    carried = passes.of(call.credential, plan.operation, call.tenant)
    parts = compose(plan, call, {slot: record.body}, [])
    if carried is None or parts is None or (call.edit is None) != (not plan.splicer.faults(parts)):
        return None
    headers, query = carried
    return Request(
        plan.operation.method.upper(),
        requests.target_of(plan.operation, parts, query),
        requests.headers_of(plan.operation, parts, headers),
        requests.body_of(parts),
    )
