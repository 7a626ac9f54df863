"""What all runs of the state machine share: the server, the model of its records, and the records still to be used."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from random import Random
from typing import Any, Final, Protocol

from specloom.fuzz.conformance import MAX_SECONDS, AnswerChecker
from specloom.fuzz.machine.calls import Slot
from specloom.fuzz.machine.clock import Clock
from specloom.fuzz.machine.plan import Plan
from specloom.fuzz.machine.requests import Passes
from specloom.fuzz.machine.world import World
from specloom.fuzz.redaction import secret_of
from specloom.fuzz.scope import member
from specloom.fuzz.targets import KnownRecord, Supply
from specloom.fuzz.wire import Wire
from specloom.spec import Api, Credential, Schemas
from specloom.spec.expression import ABSENT

_SHARE: Final = 0.4
"""How much of the unused records the machine may use up on a server that cannot be reset; the rest is for others."""

_SHARE_TO_SHRINK: Final = 0.3
"""How much more it may use up to show a fault with fewer steps."""


class State(Protocol):
    """What the control plane of a server tells about its records."""

    def reset(self) -> None:
        """Bring all records back to the seeds."""

    def digest(self) -> Any:
        """Return a digest of all records by kind, which differs when any of them does."""

    def everything(self, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield (tenant, record) of all records of `kind`."""

    def record(self, kind: str, tenant: str, key: str, value: Any) -> dict[str, Any] | None:
        """Return the record of `kind` that has `value` at the pointer `key`."""


class Bench:
    """A server, known by its wire, with the model of its records and the plans of its operations.

    `state` is its control plane; without one, records are used once, and answers are all that is judged.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what a server is made of
        self,
        api: Api,
        wire: Wire,
        state: State | None,
        supply: Supply,
        credentials: Iterable[Credential],
        seed: int,
        max_seconds: float = MAX_SECONDS,
    ) -> None:
        """Reset the server, if it can be, and take its records. `max_seconds` is how long an answer may take."""
        known = tuple(credentials)
        self.api = api
        self.wire = wire
        self.state = state
        self.supply = supply
        self.passes = Passes(api, known)
        schemas = Schemas(api.document)
        self.checker = AnswerChecker(api, schemas, filter(None, map(secret_of, known)), max_seconds)
        self.plans = {
            operation.label: Plan(api, operation, operation.transition, schemas, supply)
            for operation in api.operations
            if operation.transition is not None and operation.answers
        }
        self.digest: Any = None
        if state is None:
            self.world = World(api, supply.records)
        else:
            state.reset()
            supply.restore()
            found = [(kind, *entry) for kind in api.records for entry in state.everything(kind)]
            self.world = World(api, [KnownRecord(*each) for each in found])
            self.digest = state.digest()
        self.fresh_digest = self.digest
        self._groups = self._grouped(seed)
        self._allowed = {name: max(4, int(len(group) * _SHARE)) for name, group in self._groups.items()}
        self._is_fresh = True
        self._has_more = False
        self.clock = Clock()

    def _grouped(self, seed: int) -> dict[tuple[str, str, str | None], list[KnownRecord]]:
        """Return the records by kind, tenant and state; the seed decides which come first."""
        groups: dict[tuple[str, str, str | None], list[KnownRecord]] = {}
        for record in self.world.records:
            state = member(record.body, self.api.records[record.kind].state)
            name = (record.kind, record.tenant, None if state is ABSENT else state)
            groups.setdefault(name, []).append(record)
        for name, group in groups.items():
            Random(zlib.crc32(repr((seed, name)).encode())).shuffle(group)  # noqa: S311 - nothing secret
        return groups

    @property
    def groups(self) -> Iterable[tuple[str, str, str | None]]:
        """The (kind, tenant, state) of which there are records; a state that is not known is None."""
        return self._groups.keys()

    def count(self, kind: str, tenant: str, state: str | None) -> int:
        """Return how many records there are of a group."""
        return len(self._groups.get((kind, tenant, state), ()))

    def begin(self) -> None:
        """Prepare for a run: all records are as the machine found them, where the server can be reset."""
        if self.state is not None and not self._is_fresh:
            self.state.reset()
            self.world.restore()
            self.supply.restore()
            self.digest = self.fresh_digest
        self._is_fresh = True

    def allow_more(self) -> None:
        """Let more records be used up, once."""
        if not self._has_more:
            self._has_more = True
            for name, group in self._groups.items():
                self._allowed[name] += int(len(group) * _SHARE_TO_SHRINK)

    def note_request(self) -> None:
        """Note that records may have changed."""
        self._is_fresh = False

    def bind(self, slot: Slot, bound: Iterable[KnownRecord]) -> KnownRecord | None:
        """Return the record for a slot of a run that has `bound` others; None when there is none, or none is left."""
        group = self._groups.get((slot.kind, slot.tenant, slot.state), [])
        if self.state is not None:
            return group[slot.index] if slot.index < len(group) else None
        if not self._is_ready(slot):
            return group[slot.index] if slot.index < len(group) else None
        taken = {id(record) for record in bound}
        free = [record for record in group if not self.supply.is_used(record) and id(record) not in taken]
        name = (slot.kind, slot.tenant, slot.state)
        if not free or self._allowed[name] <= 0:
            return None
        self._allowed[name] -= 1
        self.supply.use(free[:1])
        return free[0]

    def _is_ready(self, slot: Slot) -> bool:
        """Say whether some operation can act on the records of a slot."""
        return slot.state is None or any(
            plan.kind.name == slot.kind and slot.state in plan.transition.from_states for plan in self.plans.values()
        )
