"""Compare the records of a server, as its control plane tells them, with those of the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from specloom.fuzz.conformance import Breach, difference
from specloom.fuzz.machine.bench import Bench
from specloom.fuzz.machine.plan import Plan
from specloom.fuzz.scope import member
from specloom.fuzz.targets import KnownRecord
from specloom.spec.behaviour import RecordKind
from specloom.spec.expression import ABSENT


def changed_target(
    bench: Bench, plan: Plan, entry: KnownRecord, after: dict[str, Any]
) -> tuple[dict[str, Any], Breach | None]:
    """Return the record as a success has left it, and what is wrong with it; `after` is how the model has it."""
    if bench.state is None:
        return after, None
    key = next(pointer for pointer in plan.kind.keys if member(entry.body, pointer) is not ABSENT)
    found = bench.state.record(plan.kind.name, entry.tenant, key, member(entry.body, key))
    if found is None:
        gone = f"the request succeeded, and {_name(plan.kind, entry)} is gone"
        return after, Breach("documented_outcome", gone, f"{plan.operation.pointer}/x-transition")
    bench.clock.note(after, found)
    message = difference(after, found, is_open=False)
    if message is None:
        return found, None
    rule = f"{plan.operation.pointer}/x-transition{_part(plan, entry.body, after, found)}"
    text = f"the request succeeded, and {_name(plan.kind, entry)} is not as documented afterwards: {message}"
    return found, Breach("documented_outcome", text, rule)


def changed_others(bench: Bench, moved: Sequence[KnownRecord]) -> Iterator[Breach]:
    """Yield the records that differ from the model; `moved` are those that requests of this run have acted on."""
    if bench.state is None:
        return
    digest = bench.state.digest()
    tenants = {entry.tenant for entry in moved}
    for kind in bench.api.records.values():
        if digest.get(kind.name) == bench.fresh_digest.get(kind.name):
            continue
        found = {_key(kind, tenant, body): body for tenant, body in bench.state.everything(kind.name)}
        for entry in bench.world.records:
            if entry.kind != kind.name:
                continue
            expected = bench.world.body(entry)
            actual = found.pop(_key(kind, entry.tenant, expected), None)
            if actual == expected:
                continue
            message = "it is gone" if actual is None else difference(expected, actual, is_open=False)
            if message is not None:
                check = "others_unchanged" if entry.tenant in tenants else "tenant_isolation"
                text = f"a record that no request was about has changed: {_name(kind, entry)}: {message}"
                yield Breach(check, text, kind.pointer)
                return
        if found:
            tenant, key, _ = next(iter(found))
            text = f"a {kind.name} record appeared that no request was about: {key} of {tenant}"
            yield Breach("others_unchanged", text, kind.pointer)


def _key(kind: RecordKind, tenant: str, body: Any) -> tuple[str, str, str]:
    pointer = kind.keys[0]
    return tenant, repr(member(body, pointer)), pointer


def _name(kind: RecordKind, entry: KnownRecord) -> str:
    keys = (member(entry.body, pointer) for pointer in kind.keys)
    return f"the {kind.name} {next(key for key in keys if key is not ABSENT)!r} of {entry.tenant}"


def _part(plan: Plan, before: Any, after: Any, found: Any) -> str:
    """Return the part of the transition that a record breaks: its state, what it sets, or that it sets nothing else."""
    if member(found, plan.kind.state) != plan.transition.to_state:
        return "/to"
    for pointer, _ in plan.transition.changes:
        place = pointer.removesuffix("/-")
        if difference(member(after, place), member(found, place), is_open=False) is not None:
            return "/set/" + pointer.replace("~", "~0").replace("/", "~1")
    del before
    return ""
