"""Send probes, judge the answers, and see that refusals change nothing and successes what they must."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from specloom.fuzz.conformance import Breach
from specloom.fuzz.probes.bench import Bench
from specloom.fuzz.probes.comparing import changed_others, wrongly_moved
from specloom.fuzz.probes.covering import covered
from specloom.fuzz.probes.judging import breaches, expected_statuses, succeeded
from specloom.fuzz.probes.probe import Exchange, Family, Probe
from specloom.fuzz.result import Case, Event, Failure, Step
from specloom.fuzz.wire import Answer, NoAnswerError

PART: Final = "probes"
_GROUP: Final = 40
"""How many refusals are sent before it is seen whether any of them has changed a record."""
_MAX_STEPS: Final = 12


class Session:
    """Runs families of probes against one server."""

    def __init__(self, bench: Bench) -> None:
        """Take what is known of the server, whose records are as they are seeded."""
        self._bench = bench
        self._pending: list[Probe] = []
        self._digest = self._read_digest()
        self._fresh = self._digest
        self._reported: set[tuple[str, str, str]] = set()
        self._changed = False
        self._since_reset: list[Step] = []

    def run(self, family: Callable[[], Family]) -> Iterator[Event]:
        """Send the probes of a family and yield what comes of them."""
        self._restore()
        generator = family()
        try:
            probe = next(generator)
            while not self._bench.context.is_over:
                events, exchange = self._send(probe)
                yield from events
                probe = generator.send(exchange)
        except StopIteration:
            pass
        yield from self._settle()
        yield from self._still_usable()
        if self._changed:
            yield from self._compare()

    def _send(self, probe: Probe) -> tuple[list[Event], Exchange]:
        bench, events = self._bench, list[Event]()
        may_succeed = "success" in probe.outcomes
        if may_succeed:
            events += self._settle()
        answer: Answer | None = None
        found: list[Breach] = []
        try:
            answer = bench.context.wire.send(probe.request)
        except NoAnswerError as error:
            found.append(Breach("answered", f"{probe.text}: {error.message}", probe.rule))
        else:
            found += breaches(bench.checker, probe, answer, is_sandbox=bench.control is not None)
        success = (
            answer is not None
            and succeeded(probe.operation, answer)
            and probe.request.method == (probe.operation.method.upper())
        )
        if success and may_succeed:
            found += self._moved(probe)
        elif not success:
            self._pending.append(probe)
        step = self._step(probe, answer)
        self._since_reset.append(step)
        status = "" if answer is None else str(answer.status)
        also = tuple(covered(bench.api, probe))
        events.append(Case(probe.operation.label, PART, probe.rule, status, also))
        events += self._failures(probe, step, found)
        if success and not may_succeed:
            self._spoil(probe)
        elif len(self._pending) >= _GROUP and bench.control is not None:
            events += self._settle()
        return events, Exchange(probe, answer, success, bool(found), step)

    def _moved(self, probe: Probe) -> Iterator[Breach]:
        """Note what a success has changed, and yield how the records differ from what they must be."""
        bench, verdict = self._bench, probe.verdict
        self._changed = True
        if verdict is None or verdict.outcome != "success":
            self._spoil(probe)
            return
        for entry, scope in zip(verdict.entries, verdict.scopes, strict=False):
            entry.body = scope["record"]
        bench.spend(entry.known for entry in verdict.entries)
        if bench.control is None or not verdict.entries:
            return
        for entry in (verdict.entries[0], *verdict.entries[1:][-1:]):
            yield from wrongly_moved(bench, probe.operation, entry)
        digest = self._read_digest()
        kind = verdict.entries[0].known.kind
        others = [name for name in digest if name != kind and digest[name] != (self._digest or {}).get(name)]
        if others:
            message = f"{probe.text}: records of another kind changed: {', '.join(others)}"
            yield Breach("others_unchanged", message, f"{probe.operation.pointer}/x-transition")
        if digest.get(kind) == (self._digest or {}).get(kind):
            message = f"{probe.text} succeeded, and no record has changed"
            yield Breach("documented_outcome", message, f"{probe.operation.pointer}/x-transition/to")
        self._digest = digest

    def _settle(self) -> list[Event]:
        """See that the refusals since the last look have changed nothing; find the one that has."""
        if self._bench.control is None or not self._pending:
            return []
        pending, self._pending = self._pending, []
        digest = self._read_digest()
        if digest == self._digest:
            return []
        culprit = self._culprit(pending)
        self._changed = True
        self._restore()
        check = culprit.check if culprit.check != "documented_outcome" else "unchanged_after_refusal"
        message = f"{culprit.text} was refused, and yet a record changed"
        step = self._step(culprit, None)
        return list(self._failures(culprit, step, [Breach(check, message, culprit.rule)]))

    def _still_usable(self) -> Iterator[Event]:
        """See that a record which refused requests have named can still be acted on, where its state cannot be read."""
        bench = self._bench
        pending, self._pending = self._pending, []
        for operation, shapes in bench.operations() if bench.control is None else ():
            named = [each for each in pending if each.operation is operation and each.draft is not None]
            records = [record for each in named for record in (each.draft.records if each.draft else ())]
            ready = {id(record): record for record in bench.records(operation, bench.tenant)}
            chosen = [ready[id(record)] for record in records if id(record) in ready][:1]
            draft = bench.bound(shapes.plain, chosen) if chosen else None
            if draft is None or not bench.may_spend(operation, bench.tenant, 1):
                continue
            if bench.verdict(draft).outcome == "success":
                text = f"a valid request for a record that {len(named)} refused requests have named"
                before = tuple(self._step(each, None) for each in named)
                rule = f"{operation.pointer}/x-transition"
                probe = bench.probe(draft, text, rule, check="unchanged_after_refusal", before=before)
                yield from self._send(probe)[0]

    def _culprit(self, pending: list[Probe]) -> Probe:
        """Return the first of the refused requests that changes a record when all are sent once more."""
        self._changed = True
        self._restore()
        for probe in pending:
            try:
                self._bench.context.wire.send(probe.request)
            except NoAnswerError:
                continue
            if self._read_digest() != self._fresh:
                return probe
        return pending[-1]

    def _compare(self) -> Iterator[Event]:
        """Compare all records with what they must be: no other than those that were moved may have changed."""
        for label, breach in changed_others(self._bench):
            if (label, breach.check, breach.rule) not in self._reported:
                self._reported.add((label, breach.check, breach.rule))
                steps = tuple(self._since_reset[-_MAX_STEPS:])
                yield Failure(label, breach.check, breach.message, rule=breach.rule, steps=steps)

    def _spoil(self, probe: Probe) -> None:
        """Set aside the records of a request that was answered otherwise than it must be."""
        self._changed = True
        if self._bench.control is not None:
            self._restore()
            return
        records = () if probe.draft is None else probe.draft.records
        self._bench.spoilt |= {id(record) for record in records}
        self._bench.spend(records)

    def _restore(self) -> None:
        """Bring all records back where anything has changed them, on a server that can."""
        bench = self._bench
        if bench.control is None or not self._changed:
            return
        bench.control.reset()
        bench.restore()
        self._digest = self._read_digest()
        self._fresh = self._digest
        self._since_reset = []
        self._changed = False
        self._pending = []

    def _read_digest(self) -> Any:
        return None if self._bench.control is None else self._bench.control.digest()

    def _step(self, probe: Probe, answer: Answer | None) -> Step:
        wanted = expected_statuses(probe)
        fields = tuple(".".join(place.tokens) for place in probe.places if place.tokens)
        return Step(probe.request, answer, probe.text, tuple(dict.fromkeys((*wanted, *probe.statuses))), fields)

    def _failures(self, probe: Probe, step: Step, found: list[Breach]) -> Iterator[Failure]:
        for breach in found:
            name = (probe.operation.label, breach.check, breach.rule)
            if name in self._reported:
                continue
            self._reported.add(name)
            steps = (*probe.before[-_MAX_STEPS:], step)
            status = None if step.answer is None else step.answer.status
            yield Failure(
                probe.operation.label,
                breach.check,
                breach.message,
                status=status,
                pointer=probe.operation.pointer,
                rule=breach.rule,
                steps=steps,
            )
