"""Compare the records of a server, as its control plane tells them, with what they must be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from specloom.fuzz.conformance import Breach, difference
from specloom.fuzz.probes.bench import Bench
from specloom.fuzz.probes.world import Entry
from specloom.fuzz.scope import member
from specloom.spec import Operation
from specloom.spec.expression import ABSENT


def wrongly_moved(bench: Bench, operation: Operation, entry: Entry) -> Iterator[Breach]:
    """Yield how a record that `operation` has moved differs from what it must be; note what it is."""
    transition = operation.transition
    if bench.control is None or transition is None:
        return
    kind = bench.api.records[transition.record]
    key = next(pointer for pointer in kind.keys if member(entry.body, pointer) is not ABSENT)
    value = member(entry.body, key)
    found = bench.control.record(kind.name, entry.known.tenant, key, value)
    rule = f"{operation.pointer}/x-transition"
    if found is None:
        yield Breach("documented_outcome", f"the request succeeded, and the {kind.name} {value!r} is gone", rule)
        return
    message = difference(entry.body, found, is_open=not entry.known.complete)
    if message is not None:
        if member(found, kind.state) != transition.to_state:
            rule += "/to"
        elif transition.changes:
            rule += "/set"
        text = f"the request succeeded, and the {kind.name} {value!r} is not as documented: {message}"
        yield Breach("documented_outcome", text, rule)
    entry.body = found


def changed_others(bench: Bench) -> Iterator[tuple[str, Breach]]:
    """Yield (label of an operation on such records, breach) for a record of each kind that must not have changed."""
    wanted = {_name(bench, entry): entry for entry in bench.world.entries if entry.known.complete}
    for kind in bench.api.records.values() if bench.control is not None else ():
        for tenant, body in bench.control.everything(kind.name) if bench.control is not None else ():
            entry = wanted.get((kind.name, tenant, _key(body, kind.keys[0])))
            message = None if entry is None else difference(entry.body, body, is_open=False)
            if entry is not None and message is not None:
                yield _changed(bench, kind.name, entry, message)
                break


def _changed(bench: Bench, kind: str, entry: Entry, message: str) -> tuple[str, Breach]:
    operations = bench.api.operations
    operation = next((each for each in operations if each.transition and each.transition.record == kind), operations[0])
    check = "others_unchanged" if entry.known.tenant == bench.tenant else "tenant_isolation"
    key = member(entry.body, bench.api.records[kind].keys[0])
    text = f"the {kind} {key!r} has changed, and no request was about that: {message}"
    return operation.label, Breach(check, text, f"{operation.pointer}/x-transition")


def _key(body: Any, pointer: str) -> str:
    value = member(body, pointer)
    return "" if value is ABSENT else json.dumps(value)


def _name(bench: Bench, entry: Entry) -> tuple[str, str, str]:
    kind = bench.api.records[entry.known.kind]
    return entry.known.kind, entry.known.tenant, _key(entry.body, kind.keys[0])
