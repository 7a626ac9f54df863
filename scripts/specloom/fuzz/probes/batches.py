"""Probes of batches: sizes, and one bad element in the first, a middle or the last place, which refuses all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs

from specloom.fuzz.probes.bench import Bench
from specloom.fuzz.probes.draft import Draft
from specloom.fuzz.probes.edits import replaced
from specloom.fuzz.probes.probe import Family
from specloom.fuzz.probes.shapes import Shapes
from specloom.fuzz.probes.targets import targets, with_target
from specloom.fuzz.targets import KnownRecord
from specloom.spec import Operation
from specloom.spec import pointer as json_pointer

_SIZE: Final = 4
_LARGEST: Final = 1000


def atomic(bench: Bench) -> Family:
    """Put one bad element among good ones; then the good ones alone still succeed."""
    for operation, shapes in _batches(bench):
        good = bench.records(operation, bench.tenant)[:_SIZE]
        draft = bench.bound(shapes.plain, good)
        if draft is None or len(good) < _SIZE:
            continue
        at = f"{operation.pointer}/x-transition"
        for bad, text, rule in _bad_records(bench, operation):
            for index in (0, _SIZE // 2, _SIZE):
                mixed = bench.bound(shapes.plain, [*good[:index], bad, *good[index:]])
                if mixed is not None and bench.verdict(mixed).outcome != "success":
                    yield bench.probe(mixed, f"a batch with {text} as element {index} of {_SIZE + 1}", at + rule)
        for index in (0, 1, _SIZE - 1):
            for changed, text in _bad_elements(bench, draft, index):
                yield bench.probe(changed, f"a batch with {text} as element {index} of {_SIZE}", f"{at}/each")
        for changed, text in _two_faults(bench, operation, shapes, good):
            yield bench.probe(changed, text, f"{at}/each")
        if bench.may_spend(operation, bench.tenant, _SIZE):
            yield bench.probe(draft, f"a batch of {_SIZE} that had been refused with a bad element", f"{at}/each")


def repeated(bench: Bench) -> Family:
    """Name the same record twice in a batch: the constraints of the operation say whether that is allowed."""
    for operation, shapes in _batches(bench):
        if not any(hasattr(constraint, "values") for constraint in operation.constraints):
            continue
        good = bench.records(operation, bench.tenant)[:3]
        for order in ((0, 0), (0, 0, 1), (0, 1, 0), (1, 0, 0), (0, 1, 2, 0), (1, 2, 0, 0), (0, 0, 0)):
            if max(order) < len(good):
                draft = bench.bound(shapes.plain, [good[index] for index in order])
                if draft is not None and bench.verdict(draft).outcome == "invalid":
                    rule = f"{operation.pointer}/x-constraints"
                    yield bench.probe(draft, f"a batch with the records {order}", rule)


def sizes(bench: Bench) -> Family:
    """Send as many elements as a batch may have, one more, and as few."""
    for operation, shapes in _batches(bench):
        schema, pointer = _array_schema(bench, shapes)
        limits = [(schema[name] + step, name) for name, step in _LIMITS if name in schema]
        small = Shapes.draft(shapes, shapes.bodies[0])
        for size, name in [(0, "minItems"), *limits, (1, "items"), (2, "items"), (7, "items")]:
            if not 0 <= size <= _LARGEST:
                continue
            records = bench.records(operation, bench.tenant)[:size]
            draft = bench.bound(small, records) if len(records) == size else None
            if draft is None:
                continue
            rule = f"{pointer}/{name}" if name in schema else f"{operation.pointer}/x-transition/each"
            if bench.verdict(draft).outcome != "success":
                yield bench.probe(draft, f"a batch of {size}", rule)
            elif bench.may_spend(operation, bench.tenant, size):
                exchange = yield bench.probe(draft, f"a batch of {size}", rule)
                if exchange.succeeded:
                    last = bench.bound(small, records[-1:])
                    if last is not None:
                        text = f"the last record of a batch of {size} again"
                        yield bench.probe(last, text, rule, before=(exchange.step,))


_LIMITS: Final = (("maxItems", 1), ("maxItems", 0), ("minItems", -1), ("minItems", 0))


def _batches(bench: Bench) -> Iterator[tuple[Operation, Shapes]]:
    yield from (each for each in bench.operations() if each[1].array is not None and each[0].transition is not None)


def _bad_records(bench: Bench, operation: Operation) -> Iterator[tuple[KnownRecord, str, str]]:
    for record in bench.context.supply.refused(operation, bench.tenant)[:1]:
        yield record, "a record in a state that does not allow it", "/from"
    for tenant in bench.passes.tenants:
        if tenant != bench.tenant:
            for record in bench.records(operation, tenant)[:1]:
                yield record, "a record of another tenant", "/record"


def _bad_elements(bench: Bench, draft: Draft, index: int) -> Iterator[tuple[Draft, str]]:
    for target in targets(bench.api, draft):
        if target.index != index or not target.is_key:
            continue
        values: list[Any] = [17, None]
        if isinstance(target.value, str):
            values = [f"{target.value}0000", f"{target.value}\n", f"{target.value} ", "", None, 17]
        for value in values:
            changed = with_target(draft, target, value)
            if bench.verdict(changed).outcome != "success":
                yield changed, f"the key {value!r}"
    array = tuple(json_pointer.split(bench.shapes[draft.operation.label].array or ""))
    wrongs: tuple[Any, ...] = (None, {}, [], 17, "x")
    for wrong in wrongs:
        changed = attrs.evolve(draft, body=replaced(draft.body, (*array, str(index)), wrong))
        if bench.verdict(changed).outcome != "success":
            yield changed, f"{wrong!r}"


def _two_faults(
    bench: Bench, operation: Operation, shapes: Shapes, good: list[KnownRecord]
) -> Iterator[tuple[Draft, str]]:
    """Yield batches with two faults, of which the one that is looked for first decides."""
    for wrong in bench.context.supply.refused(operation, bench.tenant)[:1]:
        for order in ((wrong, *good[:2]), (*good[:2], wrong)):
            draft = bench.bound(shapes.plain, order)
            for target in () if draft is None else targets(bench.api, draft):
                if (
                    draft is not None
                    and target.is_key
                    and isinstance(target.value, str)
                    and order[target.index] is not wrong
                ):
                    text = f"a batch with a record in a wrong state, and an unknown one as element {target.index}"
                    yield with_target(draft, target, f"{target.value}0000"), text
                    yield with_target(draft, target, None), text.replace("an unknown one", "one without a key")
        both = bench.bound(shapes.plain, [good[0], wrong, wrong])
        if both is not None and bench.verdict(both).outcome == "invalid":
            yield both, "a batch with a record in a wrong state twice"


def _array_schema(bench: Bench, shapes: Shapes) -> tuple[dict[str, Any], str]:
    """Return the schema of the batch and where it stands."""
    pointer = shapes.body_pointer or ""
    if not pointer:
        return {}, ""
    for token in json_pointer.split(shapes.array or ""):
        pointer, schema = bench.api.document.resolve(pointer)
        if not isinstance(schema, dict) or token not in schema.get("properties", {}):
            return {}, ""
        pointer += json_pointer.join("properties", token)
    pointer, schema = bench.api.document.resolve(pointer)
    return (schema, pointer) if isinstance(schema, dict) else ({}, "")
