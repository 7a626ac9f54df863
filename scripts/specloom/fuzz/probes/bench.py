"""What all probes of an API share: the server, its records, the oracle, and the valid forms of each operation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from specloom.fuzz.conformance import AnswerChecker
from specloom.fuzz.context import Context
from specloom.fuzz.probes.binding import bind
from specloom.fuzz.probes.draft import Draft
from specloom.fuzz.probes.oracle import Oracle, Verdict
from specloom.fuzz.probes.passes import Pass, Passes
from specloom.fuzz.probes.probe import OUTCOME, Probe
from specloom.fuzz.probes.shapes import Shapes
from specloom.fuzz.probes.world import World
from specloom.fuzz.redaction import secret_of
from specloom.fuzz.result import Step
from specloom.fuzz.scope import member
from specloom.fuzz.targets import KnownRecord
from specloom.spec import Operation
from specloom.spec.expression import ABSENT

_SHARE: Final = 0.75
"""How many of the records the probes may use up on a server that cannot be reset; the rest is for other parts."""


class Bench:
    """A server and what is known of it."""

    def __init__(self, context: Context) -> None:
        """Take the context of a campaign."""
        self.context = context
        self.api = context.api
        self.control = context.control if context.control.available else None
        self.schemas = self.api.schemas
        self.passes = Passes(self.api, context.credentials, is_sandbox=self.control is not None)
        self.tenant = context.credential.tenant or self.passes.tenants[0]
        self.world = World(self.api, context.supply.records)
        self.oracle = Oracle(self.api, self.schemas, self.world)
        self.checker = AnswerChecker(
            self.api,
            self.schemas,
            filter(None, map(secret_of, context.credentials)),
            context.settings.max_response_time,
        )
        self.shapes = {each.label: Shapes(self.api, each, self.schemas) for each in self.api.operations}
        self.spoilt: set[int] = set()
        self._live: dict[tuple[int, str, int], tuple[Draft, Draft | None]] = {}
        kinds = {operation.transition.record for operation in self.api.operations if operation.transition}
        self._budget = {
            (kind, tenant): int(_SHARE * len(context.supply.of(kind, tenant)))
            for kind in kinds
            for tenant in self.passes.tenants
        }

    def records(self, operation: Operation, tenant: str, state: Any = None) -> list[KnownRecord]:
        """Return the records that `operation` can act on now; with `state`, those that were found in that state."""
        transition = operation.transition
        if transition is None:
            return []
        kind = self.api.records[transition.record]
        states = (*transition.from_states, ABSENT)
        found = [
            record
            for record in self.context.supply.of(kind.name, tenant)
            if id(record) not in self.spoilt
            and not (self.control is None and self.context.supply.is_used(record))
            and (state is None or member(record.body, kind.state) == state)
        ]
        if state is None:
            found = [each for each in found if member(self.world.entry(each).body, kind.state) in states]
        offset = self.context.seed * 7 % len(found) if found else 0
        return found[offset:] + found[:offset]

    def bound(self, draft: Draft, records: Sequence[KnownRecord]) -> Draft | None:
        """Return `draft` naming `records`; None when they do not fit."""
        return bind(self.api, draft, records, [self.world.entry(record).body for record in records])

    def live(self, draft: Draft, tenant: str | None = None, count: int | None = None) -> Draft | None:
        """Return `draft` naming records that can be acted on now, of a batch `count`; None when there are too few."""
        owner = self.tenant if tenant is None else tenant
        wanted = self.size(draft) if count is None else count
        name = (id(draft), owner, wanted)
        if name not in self._live:
            # The draft is kept, so that its identity stays its own.
            self._live[name] = draft, self._bound_live(draft, owner, wanted)
        return self._live[name][1]

    def _bound_live(self, draft: Draft, owner: str, wanted: int) -> Draft | None:
        records = self.records(draft.operation, owner)[:wanted]
        if draft.operation.transition is not None and len(records) < wanted:
            return None
        return self.bound(draft, records)

    def size(self, draft: Draft) -> int:
        """Return how many records a draft names."""
        array = self.shapes[draft.operation.label].array
        if array is None or draft.body is ABSENT:
            return 1
        found = member(draft.body, array)
        return len(found) if isinstance(found, list) else 1

    def may_spend(self, operation: Operation, tenant: str, count: int) -> bool:
        """Say whether a success may use up `count` more records; on a server that can be reset, always."""
        if self.control is not None or operation.transition is None:
            return True
        return self._budget.get((operation.transition.record, tenant), 0) >= count

    def restore(self) -> None:
        """Note that all records are again as they were found."""
        self.context.supply.restore()
        self.world.restore()
        self.spoilt.clear()
        self._live.clear()

    def spend(self, records: Iterable[KnownRecord]) -> None:
        """Note that a request has changed these records, or may have."""
        found = list(records)
        self.context.supply.use(found)
        self._live.clear()
        for record in found:
            key = (record.kind, record.tenant)
            self._budget[key] = self._budget.get(key, 0) - 1

    def credential(self, operation: Operation, tenant: str | None = None) -> Pass | None:
        """Return the pass of a tenant; None when no such credential is known."""
        return self.passes.of(operation, self.tenant if tenant is None else tenant)

    def probe(  # noqa: PLR0913 - what a probe is made of
        self,
        draft: Draft,
        text: str,
        rule: str,
        *,
        tenant: str | None = None,
        carried: Pass | None = None,
        check: str = OUTCOME,
        before: tuple[Step, ...] = (),
    ) -> Probe:
        """Return the probe that sends `draft` and expects what the oracle says."""
        owner = self.tenant if tenant is None else tenant
        verdict = self.oracle.verdict(draft, owner)
        request = draft.request(carried or self.credential(draft.operation, owner) or Pass())
        return Probe(
            draft.operation, request, text, rule, (verdict.outcome,), (), verdict.places, check, draft, verdict, before
        )

    def verdict(self, draft: Draft, tenant: str | None = None) -> Verdict:
        """Return what must come of `draft`."""
        return self.oracle.verdict(draft, self.tenant if tenant is None else tenant)

    def operations(self) -> Iterator[tuple[Operation, Shapes]]:
        """Yield the operations whose requests can be made."""
        for operation in self.api.operations:
            shapes = self.shapes[operation.label]
            if not shapes.problem and self.credential(operation) is not None:
                yield operation, shapes

    def with_json(self) -> Iterator[tuple[Operation, Shapes]]:
        """Yield those of the operations whose bodies are JSON: what is wrong with others, servers see differently."""
        return ((operation, shapes) for operation, shapes in self.operations() if shapes.has_json)
