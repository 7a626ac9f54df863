"""A part of a campaign: of several requests for the same record at the same time, exactly one succeeds."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from specloom.fuzz.context import Context
from specloom.fuzz.probes.bench import Bench
from specloom.fuzz.probes.draft import Draft
from specloom.fuzz.probes.judging import is_status, statuses
from specloom.fuzz.result import Case, Event, Failure
from specloom.fuzz.wire import Answer, HttpWire, NoAnswerError, Request

PART: Final = "simultaneous"
_AT_ONCE: Final = 8
_ROUNDS: Final = 3
_CHECK: Final = "documented_outcome"


def part(context: Context) -> Iterator[Event]:
    """Act on some records with each operation, by several connections at once (specs/README.md).

    In a process of one thread nothing happens at the same time: there, nothing is sent.
    """
    acting = any(operation.transition is not None for operation in context.api.operations)
    if not acting or not isinstance(context.wire, HttpWire):
        return
    bench = Bench(context)
    for operation, shapes in bench.operations():
        for _ in range(_ROUNDS if operation.transition else 0):
            draft = bench.live(shapes.plain)
            if draft is None or context.is_over or not bench.may_spend(operation, bench.tenant, bench.size(draft)):
                break
            yield from _round(bench, draft)


def _round(bench: Bench, draft: Draft) -> Iterator[Event]:
    """Send a request that names live records several times at once, and judge the answers."""
    operation, verdict, carried = draft.operation, bench.verdict(draft), bench.credential(draft.operation)
    if verdict.outcome != "success" or carried is None:
        return
    for entry, scope in zip(verdict.entries, verdict.scopes, strict=True):
        entry.body = scope["record"]
    again = bench.verdict(draft).outcome
    bench.spend(entry.known for entry in verdict.entries)
    if again == "success":
        return  # the transition leads to a state that it may begin with
    rule = f"{operation.pointer}/x-transition/from"
    found = Counter[str]()
    for answer in _at_once(bench.context, draft.request(carried), _AT_ONCE):
        status = "none" if answer is None else str(answer.status)
        found[status] += 1
        yield Case(operation.label, PART, rule, "" if answer is None else status)
    [late] = _at_once(bench.context, draft.request(carried), 1)
    yield Case(operation.label, PART, rule, "" if late is None else str(late.status))
    if late is not None and is_status(late.status, statuses(operation, "success")):
        return  # it takes no haste to succeed twice: other parts tell so
    first, others = statuses(operation, "success"), statuses(operation, again)
    succeeded = sum(count for status, count in found.items() if status.isdigit() and is_status(int(status), first))
    refused = sum(count for status, count in found.items() if status.isdigit() and is_status(int(status), others))
    if (succeeded, refused) != (1, _AT_ONCE - 1):
        came = ", ".join(f"{status} {count} times" for status, count in sorted(found.items()))
        message = (
            f"{_AT_ONCE} requests at once for the same record were answered {came}; exactly one may succeed, and"
            f" {' or '.join(others)} is for the others (there is no replay: it sends one request after another)"
        )
        yield Failure(operation.label, _CHECK, message, rule=rule)


def _at_once(context: Context, request: Request, count: int) -> list[Answer | None]:
    """Send a request by `count` connections at the same time; None stands for each that is not answered."""
    ready = threading.Barrier(count)

    def send(_: int) -> Answer | None:
        with HttpWire(context.settings.base_url, context.settings.timeout) as wire:
            ready.wait()
            try:
                return wire.send(request)
            except NoAnswerError:
                return None

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(send, range(count)))
