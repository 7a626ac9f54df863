"""Probes of states: every state that allows an operation, and every one that does not."""

from __future__ import annotations

from specloom.fuzz.probes.bench import Bench
from specloom.fuzz.probes.probe import Family
from specloom.fuzz.scope import member
from specloom.fuzz.targets import KnownRecord
from specloom.spec import pointer as json_pointer


def allowed(bench: Bench) -> Family:
    """Act on a record in each state that allows it, and then once more."""
    for operation, shapes in bench.operations():
        transition = operation.transition
        for index, state in enumerate(transition.from_states if transition else ()):
            rule = f"{operation.pointer}/x-transition/from/{index}"
            found = bench.records(operation, bench.tenant, state)[:1]
            draft = bench.bound(shapes.plain, found) if found and bench.size(shapes.plain) == 1 else None
            draft = draft or (bench.bound(shapes.plain, found) if found and shapes.array is not None else None)
            if draft is None or bench.verdict(draft).outcome != "success":
                continue
            if bench.may_spend(operation, bench.tenant, 1):
                exchange = yield bench.probe(draft, f"a valid request for a record that is {state}", rule)
                if exchange.succeeded:
                    text = f"the same request again, for a record that was {state}"
                    yield bench.probe(draft, text, rule, before=(exchange.step,))


def refused(bench: Bench) -> Family:
    """Name a record in each state that does not allow the operation."""
    for operation, shapes in bench.operations():
        if operation.transition is None:
            continue
        kind = bench.api.records[operation.transition.record]
        groups: dict[str, list[KnownRecord]] = {}
        for record in bench.context.supply.refused(operation, bench.tenant):
            groups.setdefault(str(member(record.body, kind.state)), []).append(record)
        for state, found in groups.items():
            rule = f"{operation.pointer}/x-transition" + json_pointer.join("from")
            for record in (found[0], found[-1]):
                for shape in (shapes.plain, shapes.wide):
                    draft = bench.bound(shape, [record])
                    if draft is not None and bench.verdict(draft).outcome == "wrong-state":
                        yield bench.probe(draft, f"a valid request for a record that is {state}", rule)


def chains(bench: Bench) -> Family:
    """Act with each operation on a record that another operation has moved."""
    for operation, shapes in bench.operations():
        for other, others in bench.operations():
            if other is operation or operation.transition is None or other.transition is None:
                continue
            if other.transition.record != operation.transition.record:
                continue
            draft = bench.live(others.plain, count=1)
            if draft is None or not bench.may_spend(other, bench.tenant, 1):
                continue
            exchange = yield bench.probe(draft, "a valid request", f"{other.pointer}/x-transition")
            after = bench.bound(shapes.plain, draft.records)
            if exchange.succeeded and after is not None and bench.verdict(after).outcome != "unknown-record":
                text = f"a request for a record after {other.label}"
                yield bench.probe(after, text, f"{operation.pointer}/x-transition/from", before=(exchange.step,))
