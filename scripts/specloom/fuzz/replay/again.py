"""Send the steps of a failure again, and judge them with the checks of a campaign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from specloom.fuzz import seeded
from specloom.fuzz.conformance import Location
from specloom.fuzz.context import Context
from specloom.fuzz.probes.bench import Bench
from specloom.fuzz.probes.judging import is_status, statuses
from specloom.fuzz.probes.probe import OUTCOME, Exchange, Family, Probe
from specloom.fuzz.probes.session import Session
from specloom.fuzz.replay.reading import draft_of, operation_of, owner_of
from specloom.fuzz.result import Failure, Step
from specloom.fuzz.stock import StockedControl
from specloom.fuzz.targets import KnownRecord, Supply
from specloom.fuzz.wire import Request
from specloom.spec import Operation, SpecloomError
from specloom.spec.behaviour import Outcome

_OF_ANSWERS: Final = frozenset(
    {
        "answered",
        "content_type_conformance",
        "documented_ensures",
        "fault_located",
        "no_leak",
        "not_a_server_error",
        "others_unchanged",
        "response_headers_conformance",
        "response_schema_conformance",
        "response_time",
        "status_code_conformance",
        "unchanged_after_refusal",
    }
)
"""Checks that judge more than the status; a wrong status fails another one."""

_OUTCOMES: Final[tuple[Outcome, ...]] = (
    "success", "invalid", "unauthenticated", "forbidden", "unknown-record", "wrong-state",
)  # fmt: skip


@attrs.frozen
class Verdict:
    """What came of a replay: the steps as they went this time, and what failed; `same` if it is the same check.

    `contradicts` says that by the spec and the steps before it, a step must be answered otherwise than it says.
    """

    steps: tuple[Step, ...]
    failures: tuple[Failure, ...]
    same: bool
    contradicts: bool = False


class Rerun:
    """Runs failures again against the server of a context."""

    def __init__(self, context: Context) -> None:
        """Take the context; on a server with a control plane, records are added as the campaign's machine does."""
        self._stock = StockedControl(context.control, context.api) if context.control.available else None
        if self._stock is not None:
            self._stock.reset()
            kinds = context.api.records
            records = [KnownRecord(kind, *each) for kind in kinds for each in self._stock.everything(kind)]
            context = attrs.evolve(context, supply=Supply(context.api, records))
        self._context = context
        self._bench = Bench(context)
        self._is_fresh = True
        self._contradicts = False

    def run(self, failure: Failure) -> Verdict:
        """Send the steps of a failure once. Raises SpecloomError when the spec has no such operation."""
        api = self._context.api
        operation = next((each for each in api.operations if each.label == failure.operation), None)
        if operation is None:
            raise SpecloomError(
                f"the spec has no operation {failure.operation}", remedy="replay with the spec that it was found with"
            )
        if not failure.steps:
            if self._context.control.available:
                self._context.control.reset()
            found = [each for each in seeded.part(self._context) if isinstance(each, Failure)]
            return _verdict(failure, (), found)
        if self._stock is not None and not self._is_fresh:
            self._stock.reset()
            self._bench.restore()
        self._is_fresh = False
        self._contradicts = False
        taken: list[Step] = []
        session = Session(self._bench)
        events = session.run(lambda: self._family(operation, failure, taken))
        failures = [each for each in events if isinstance(each, Failure)]
        redactor = self._context.redactor
        verdict = _verdict(failure, tuple(map(redactor.step, taken)), list(map(redactor.failure, failures)))
        return attrs.evolve(verdict, contradicts=self._contradicts)

    def _family(self, operation: Operation, failure: Failure, taken: list[Step]) -> Family:
        """Yield the probes of the steps, each made from what those before it have left."""
        for number, step in enumerate(failure.steps, 1):
            try:
                request = self._context.redactor.restored(step.request)
            except LookupError:
                raise SpecloomError("a placeholder names no credential", remedy="name all credentials") from None
            called = operation_of(self._context.api, request) or operation
            is_last = number == len(failure.steps)
            check = failure.check if is_last and failure.check not in _OF_ANSWERS else OUTCOME
            probe = self._probe(called, request, step, check, failure.rule if is_last else called.pointer)
            exchange: Exchange = yield probe
            taken.append(exchange.step)
            if not is_last and self._stock is None:
                _check_setup(number, exchange.step)

    def _probe(self, operation: Operation, request: Request, step: Step, check: str, rule: str) -> Probe:
        bench = self._bench
        draft = draft_of(operation, request) if request.method == operation.method.upper() else None
        owner = owner_of(bench.passes, operation, request)
        if draft is not None and owner is not None and owner[1] == "own":
            verdict = bench.oracle.verdict(draft, owner[0])
            allowed = statuses(operation, verdict.outcome)
            if not step.statuses or set(allowed) & set(step.statuses):
                more = tuple(status for status in step.statuses if status not in allowed)
                return Probe(
                    operation,
                    request,
                    step.expected,
                    rule,
                    (verdict.outcome,),
                    more,
                    verdict.places,
                    check,
                    draft,
                    verdict,
                )
            self._contradicts = True
        outcomes = tuple(_outcomes(operation, step.statuses))
        known = {status for outcome in outcomes for status in statuses(operation, outcome)}
        more = tuple(status for status in step.statuses if status not in known)
        places = tuple(_places(step.fields))
        return Probe(operation, request, step.expected, rule, outcomes, more, places, check, draft)


def _check_setup(number: int, step: Step) -> None:
    """Raise SpecloomError when a step that leads to the failure went otherwise: records that were used up stay so."""
    answer, allowed = step.answer, step.statuses
    if answer is None or (allowed and not is_status(answer.status, allowed)):
        found = "was not answered" if answer is None else f"was answered {answer.status}, not {' or '.join(allowed)}"
        raise SpecloomError(
            f"step {number} {found}, so that the failure cannot be shown",
            remedy="bring the records of the server back, or replay against a sandbox",
        )


def replay(context: Context, failure: Failure) -> Verdict:
    """Run a failure again. Raises SpecloomError when that cannot be."""
    return Rerun(context).run(failure)


def _outcomes(operation: Operation, allowed: Sequence[str]) -> Iterator[Outcome]:
    """Yield the outcomes that are answered with one of the statuses; without any, all that the spec answers."""
    for outcome in _OUTCOMES:
        documented = statuses(operation, outcome)
        if not allowed:
            if outcome in operation.answers or not operation.answers:
                yield outcome
        elif any(is_status(int(status), documented) for status in allowed if status.isdecimal()):
            yield outcome


def _places(fields: tuple[str, ...]) -> Iterator[Location]:
    """Yield where fields may be: a step does not tell in which part of the request."""
    for field in fields:
        for part in ("body", "query", "path", "header"):
            yield Location(part, tuple(field.split(".")))


def _verdict(failure: Failure, taken: tuple[Step, ...], found: list[Failure]) -> Verdict:
    same = [each for each in found if each.check == failure.check]
    return Verdict(taken, tuple(same or found), bool(same))
