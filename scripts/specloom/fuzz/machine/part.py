"""The state machine as a part of a campaign."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from specloom.fuzz.context import Context
from specloom.fuzz.machine.bench import Bench
from specloom.fuzz.machine.search import Fault, Search, Seen
from specloom.fuzz.result import Case, Event, Failure, LeftOut, Step
from specloom.fuzz.stock import StockedControl

PART: Final = "machine"
_STEPS: Final = 25
_RUNS_PER_EXAMPLE: Final = 1


def machine(context: Context) -> Iterator[Event]:
    """Yield what comes of the state machine: each rule about records in a fixed sequence, then any in any order.

    With a control plane, the target of each request has changed as documented, and nothing else has. Without one, the
    answers alone are judged, and each record is used up once.
    """
    if not any(operation.transition is not None for operation in context.api.operations):
        return  # there is nothing that could change
    state = StockedControl(context.control, context.api) if context.control.available else None
    bench = Bench(
        context.api,
        context.wire,
        state,
        context.supply,
        context.credentials,
        context.seed,
        context.settings.max_response_time,
    )
    if len(bench.passes.tenants) < 2:  # noqa: PLR2004 - one tenant has no other
        yield LeftOut("credentials of one tenant only: that tenants are kept apart could not be checked")
    deadline = math.inf if context.deadline is None else context.deadline
    search = Search(bench, seed=context.seed, deadline=deadline, shrink=not context.settings.stop_at_first)
    yield from _events(search.fixed())
    yield from _events(search.drawn(context.settings.max_examples * _RUNS_PER_EXAMPLE, _STEPS))
    yield from _events(search.late())
    if bench.clock.fault is not None:
        plan = next(iter(bench.plans.values()))
        rule = f"{plan.operation.pointer}/x-transition/set"
        yield Failure(plan.operation.label, "documented_outcome", bench.clock.fault, rule=rule)


def _events(found: Iterator[Seen]) -> Iterator[Event]:
    for each in found:
        if isinstance(each, Fault):
            yield from _failures(each)
        else:
            rule, *also = each.rules
            status = "" if each.answer is None else str(each.answer.status)
            yield Case(each.operation.label, PART, rule, status, tuple(also))


def _failures(fault: Fault) -> Iterator[Failure]:
    last = fault.steps[-1]
    steps = tuple(Step(each.request, each.answer, each.expected, (each.status,)) for each in fault.steps)
    for breach in fault.breaches:
        yield Failure(
            last.operation.label,
            breach.check,
            breach.message,
            status=None if last.answer is None else last.answer.status,
            rule=breach.rule,
            steps=steps,
        )
