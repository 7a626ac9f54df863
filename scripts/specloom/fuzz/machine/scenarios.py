"""Sequences of calls that try each rule about records once, in the order of what they are likely to find."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from specloom.fuzz.machine.bench import Bench
from specloom.fuzz.machine.calls import Call, Slot, Target
from specloom.fuzz.machine.plan import Plan

_MAX_BATCH: Final = 100


class Scenarios:
    """The sequences for one operation."""

    def __init__(self, bench: Bench, plan: Plan) -> None:
        """Take what is known of the operation."""
        self._bench = bench
        self._plan = plan
        self._label = plan.operation.label
        self._tenants = [tenant for tenant in bench.passes.tenants if any(tenant == group[1] for group in bench.groups)]

    def __iter__(self) -> Iterator[list[Call]]:
        """Yield the sequences; each is meant to start with fresh records."""
        for tenant in self._tenants:
            yield self._refusals_then_success(tenant)
        for tenant in self._tenants[:1]:
            yield [*self._states(tenant)]
            yield [*self._names(tenant)]
            yield [*self._shapes(tenant)]
            if self._plan.transition.each is not None:
                yield [*self._batches(tenant)]
                yield [*self._whole_batch(tenant)]

    def one_more(self) -> list[Call]:
        """Return a call for a record that few others are for."""
        return [self._call(tenant, Target(slot)) for tenant in self._tenants[:1] for slot in self._slots(tenant, 1)]

    def _slots(self, tenant: str, count: int, *, offset: int = 0) -> list[Slot]:
        """Return up to `count` slots of records that the operation can act on."""
        kind, found = self._plan.kind.name, []
        for name, owner, state in self._bench.groups:
            if (name, owner) == (kind, tenant) and (state is None or state in self._plan.transition.from_states):
                found += [Slot(kind, tenant, state, i) for i in range(self._bench.count(kind, tenant, state))]
        return found[offset : offset + count]

    def _idle(self, tenant: str) -> list[Slot]:
        """Return a slot for each state in which the operation is refused."""
        kind = self._plan.kind.name
        return [
            Slot(kind, tenant, state, 0)
            for name, owner, state in self._bench.groups
            if (name, owner) == (kind, tenant) and state is not None and state not in self._plan.transition.from_states
        ]

    def _call(self, tenant: str, *targets: Target) -> Call:
        return Call(self._label, tenant, targets)

    def _refusals_then_success(self, tenant: str) -> list[Call]:
        """Return refusals of one record, which must leave it as it is: it can be acted on once afterwards."""
        slots = self._slots(tenant, 1)
        if not slots:
            return []
        target = Target(slots[0])
        plain = self._call(tenant, target)
        calls = [attrs.evolve(plain, credential=kind) for kind in ("missing", "altered", "forbidden")]
        calls += [attrs.evolve(plain, tenant=other) for other in self._bench.passes.tenants if other != tenant]
        calls += [self._call(tenant, attrs.evolve(target, unknown=number)) for number in range(12)]
        calls += [
            self._call(tenant, attrs.evolve(target, foreign=n, shape=s))
            for n in range(3)
            for s in self._plan.detailed[:3]
        ]
        calls += [
            self._call(tenant, attrs.evolve(target, mismatch=True, named=number))
            for number in range(len(self._plan.choices))
        ]
        calls += [attrs.evolve(plain, edit=number) for number in range(len(self._plan.shapes.edits))]
        return [*_unique(calls), plain, plain, attrs.evolve(plain, tenant=tenant, extras=1), plain]

    def _states(self, tenant: str) -> Iterator[Call]:
        """Yield calls for a record of each state."""
        seen: set[str | None] = set()
        for slot in self._slots(tenant, 1_000_000):
            if slot.state not in seen:
                seen.add(slot.state)
                yield self._call(tenant, Target(attrs.evolve(slot, index=1)))
        for slot in self._idle(tenant):
            yield self._call(tenant, Target(slot))
            yield self._call(tenant, Target(slot, named=len(self._plan.choices) - 1))

    def _names(self, tenant: str) -> Iterator[Call]:
        """Yield calls for a record by each of its names, and once more by the first."""
        for number, slot in enumerate(self._slots(tenant, len(self._plan.choices), offset=2)):
            yield self._call(tenant, Target(slot, named=number))
            yield self._call(tenant, Target(slot))

    def _shapes(self, tenant: str) -> Iterator[Call]:
        """Yield calls with bodies and parameters of each form."""
        plan = self._plan
        count = max(len(plan.shapes.valid), len(plan.extras))
        slots = self._slots(tenant, count + 1, offset=2 + len(plan.choices))
        for number, slot in enumerate(slots[:count]):
            yield attrs.evolve(self._call(tenant, Target(slot, shape=number)), extras=number)
        if plan.shapes.optional and slots:
            yield attrs.evolve(self._call(tenant, Target(slots[-1])), bare=True)

    def _batches(self, tenant: str) -> Iterator[Call]:
        """Yield batches of which one element is refused, wherever it stands, and the others alone afterwards."""
        slots = self._slots(tenant, 9)
        good = [Target(slot) for slot in slots[:3]]
        bad = [Target(slots[0], unknown=0), *self._foreign(slots[0])] if slots else []
        bad += [Target(slot) for slot in self._idle(tenant)[:2]]
        bad += [Target(slot) for other in self._tenants if other != tenant for slot in self._slots(other, 1)]
        for wrong in bad:
            for place in range(3):
                yield self._call(tenant, *good[1:3][:place], wrong, *good[1:3][place:])
        for one, other in itertools.pairwise(bad):
            yield self._call(tenant, one, *good[1:2], other)
            yield self._call(tenant, other, one)
        if good:
            yield self._call(tenant, good[0], good[0])
            yield self._call(tenant, *good, attrs.evolve(good[0], shape=1))
        yield self._call(tenant, *good)
        yield self._call(tenant, *(Target(slot) for slot in slots[2:4]))
        yield from (self._call(tenant, Target(slot, shape=1)) for slot in slots[:4])

    def _foreign(self, slot: Slot) -> list[Target]:
        return [Target(slot, foreign=0, shape=shape) for shape in self._plan.detailed[:1]]

    def _whole_batch(self, tenant: str) -> Iterator[Call]:
        """Yield a batch as long as there are records for, with elements of many forms, and then its ends again."""
        slots = self._slots(tenant, _MAX_BATCH, offset=20)
        if self._bench.state is None:
            slots = slots[:5]
        yield self._call(tenant, *(Target(slot, shape=number) for number, slot in enumerate(slots)))
        yield from (self._call(tenant, Target(slot)) for slot in slots[:1] + slots[-1:])


def _unique(calls: Sequence[Call]) -> list[Call]:
    return list(dict.fromkeys(calls))
