"""Draw the calls of one operation with Hypothesis, for few records, so that they meet again and again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs
from hypothesis import strategies as st

from specloom.fuzz.machine.bench import Bench
from specloom.fuzz.machine.calls import Call, Pass, Slot, Target
from specloom.fuzz.machine.plan import Plan

Calls = st.SearchStrategy[Call]
_PASSES: Final[tuple[Pass, ...]] = ("missing", "altered", "forbidden")


class Drawing:
    """The strategies for the calls of one operation."""

    def __init__(self, bench: Bench, plan: Plan) -> None:
        """Take what is known of the operation."""
        self._plan = plan
        self._tenants = bench.passes.tenants
        self._is_batch = plan.transition.each is not None
        self.pool = tuple(_pool(bench, plan))

    def valid(self) -> Calls:
        """Draw calls that are valid by their schemas, for records in any state; some come from another tenant."""
        longest = 4 if self._is_batch else 1
        targets = st.lists(self._targets(), min_size=1, max_size=longest, unique_by=lambda each: each.slot)
        return st.builds(
            lambda chosen, extras, bare, other: Call(
                self._plan.operation.label, other or chosen[0].slot.tenant, tuple(chosen), extras=extras, bare=bare
            ),
            targets,
            st.integers(0, len(self._plan.extras) - 1),
            st.booleans() if self._plan.shapes.optional else st.just(value=False),
            st.sampled_from([None] * 6 + list(self._tenants)),
        )

    def misnamed(self) -> Calls:
        """Draw calls of which one element names no record, or has values that are not those of its record."""
        unknown = [Target(self.pool[0], unknown=number) for number in range(8)]
        foreign = [Target(self.pool[0], foreign=n, shape=s) for n in range(2) for s in self._plan.detailed[:3]]
        kinds = st.sampled_from([*unknown, Target(self.pool[0], mismatch=True), *foreign])
        return st.builds(_misnamed, self.valid(), kinds, st.integers(0, 3))

    def refused(self) -> Calls:
        """Draw calls with a wrong body or credential for records that there are."""
        edits = [(number, _OWN) for number in range(len(self._plan.shapes.edits))]
        wrong = st.sampled_from([*edits, *((None, kind) for kind in _PASSES)])
        return st.builds(lambda call, how: attrs.evolve(call, edit=how[0], credential=how[1]), self.valid(), wrong)

    def repeated(self) -> Calls:
        """Draw batches of which one element stands there twice; valid calls where there are no batches."""
        if not self._is_batch:
            return self.valid()
        return self.valid().map(lambda call: attrs.evolve(call, targets=(*call.targets, call.targets[0])))

    def _targets(self) -> st.SearchStrategy[Target]:
        return st.builds(
            Target,
            st.sampled_from(self.pool),
            named=st.integers(0, len(self._plan.choices) - 1),
            shape=st.integers(0, max(0, len(self._plan.shapes.valid) - 1)),
        )


_OWN: Final[Pass] = "own"


def _misnamed(call: Call, how: Target, place: int) -> Call:
    """Return `call` with one of its elements wrong in the way of `how`."""
    place %= len(call.targets)
    shape = call.targets[place].shape if how.foreign is None else how.shape
    wrong = attrs.evolve(how, slot=call.targets[place].slot, named=call.targets[place].named, shape=shape)
    return attrs.evolve(call, targets=(*call.targets[:place], wrong, *call.targets[place + 1 :]))


def _pool(bench: Bench, plan: Plan) -> Iterator[Slot]:
    """Yield the few records that a run is about: of each tenant and state one, or three that can be acted on."""
    for kind, tenant, state in bench.groups:
        if kind == plan.kind.name and tenant in bench.passes.tenants:
            allowed = state is None or state in plan.transition.from_states
            for index in range(min(3 if allowed else 1, bench.count(kind, tenant, state))):
                yield Slot(kind, tenant, state, index)
