"""A part of a campaign: each operation answers its documented success to a valid request.

Operations that act on records are left to the other parts, which know the records.
"""

from __future__ import annotations

from collections.abc import Iterator

from specloom.fuzz.context import Context
from specloom.fuzz.result import Case, Event, Failure, LeftOut
from specloom.fuzz.successes import ask_each

CHECK = "documented_success"


def part(context: Context) -> Iterator[Event]:
    """Ask each operation of the whole API once; only a sandbox answers requests that are made up of the spec alone."""
    api = context.whole
    asked = tuple(each for each in api.operations if each.transition is None and not each.answers)
    if not context.control.available or not asked:
        return
    for each in ask_each(api.having(asked), context.wire, context.credentials):
        if context.is_over:
            return
        if each.is_unanswerable:
            yield LeftOut(f"{each.operation}: {each.problem}")
            continue
        yield Case(each.operation, "successes", "", "" if each.status is None else str(each.status))
        if each.problem:
            steps = () if each.step is None else (each.step,)
            yield Failure(each.operation, CHECK, f"a valid request: {each.problem}", steps=steps)
