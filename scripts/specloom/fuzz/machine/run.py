"""One run of the state machine: make calls one after another, and compare the server with the model after each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from specloom.fuzz.conformance import Breach
from specloom.fuzz.expecting import is_certain
from specloom.fuzz.live import Parts
from specloom.fuzz.machine import requests
from specloom.fuzz.machine.bench import Bench
from specloom.fuzz.machine.calls import Call, Slot, compose
from specloom.fuzz.machine.comparing import changed_others, changed_target
from specloom.fuzz.machine.covering import covered
from specloom.fuzz.machine.judging import REASONS, Judged, breaches, promised
from specloom.fuzz.machine.plan import Plan
from specloom.fuzz.machine.world import Verdict
from specloom.fuzz.scope import request_scope
from specloom.fuzz.targets import KnownRecord
from specloom.fuzz.wire import Answer, NoAnswerError, Request
from specloom.spec import Operation
from specloom.spec.behaviour import Outcome


@attrs.frozen
class Taken:
    """A call that was made: what was sent, what came back, if anything, and what had to: the status, and why in words.

    `rules` are the places of the rules that it puts to the test.
    """

    call: Call
    operation: Operation
    request: Request
    answer: Answer | None
    status: str
    expected: str
    rules: tuple[str, ...]


@attrs.frozen
class _Asked:
    """A call written out, and what the spec says about it."""

    plan: Plan
    parts: Parts
    scope: Mapping[str, Any]
    verdict: Verdict
    outcome: Outcome
    request: Request


class BrokenError(Exception):
    """The server broke rules of the spec; `found` are the rules, the most telling first."""

    def __init__(self, found: list[Breach]) -> None:
        """Take the rules that were broken."""
        super().__init__(found[0].message)
        self.found = found


class Run:
    """A run from the records as the machine found them."""

    def __init__(self, bench: Bench) -> None:
        """Bring the records back."""
        bench.begin()
        self.taken: list[Taken] = []
        self._bench = bench
        self._bound: dict[Slot, KnownRecord] = {}
        self._moved: list[KnownRecord] = []

    def step(self, call: Call) -> bool:
        """Make a call and judge what comes of it; return whether it could be made.

        Raises BrokenError when the server breaks a rule of the spec.
        """
        asked = self._asked(call)
        if asked is None:
            return False
        self._bench.note_request()
        documented = asked.plan.operation.answers[asked.outcome]
        expected = f"{documented.status}: {REASONS[asked.outcome]}"
        rules = tuple(covered(asked.plan, call, asked.verdict, asked.outcome))
        taken = Taken(call, asked.plan.operation, asked.request, None, documented.status, expected, rules)
        try:
            answer = self._bench.wire.send(asked.request)
        except NoAnswerError as error:
            self.taken.append(taken)
            raise BrokenError([Breach("answered", error.message, asked.plan.operation.pointer)]) from None
        self.taken.append(attrs.evolve(taken, answer=answer))
        judged = Judged.read(answer.status, answer.headers, answer.body)
        found = list(breaches(asked.plan, asked.verdict, asked.scope, judged, check=_check(call, asked.outcome)))
        succeeded = asked.outcome == "success" and str(answer.status) == documented.status
        found += self._state(asked, succeeded=succeeded, status=answer.status)
        found += self._bench.checker.breaches(asked.plan.operation, asked.request, answer)
        if succeeded:
            self._bench.clock.note(promised(asked.plan, asked.verdict, asked.scope), judged.body)
        if found:
            raise BrokenError(found)
        return True

    def finish(self) -> None:
        """Compare all records with the model. Raises BrokenError."""
        found = list(changed_others(self._bench, self._moved)) if self._moved else []
        if found:
            raise BrokenError(found)

    def _asked(self, call: Call) -> _Asked | None:
        """Write a call out; None when it cannot be made, or the spec does not say what its outcome is."""
        bench, plan = self._bench, self._bench.plans[call.operation]
        records = self._records(call)
        carried = bench.passes.of(call.credential, plan.operation, call.tenant)
        if records is None or carried is None:
            return None
        parts = compose(plan, call, records, [each for each in bench.world.records if each.kind == plan.kind.name][:9])
        verdict = None if parts is None else self._verdict(plan, call, parts)
        outcome = None if verdict is None else verdict.outcome
        if parts is None or verdict is None or outcome is None or outcome not in plan.operation.answers:
            return None
        headers, query = carried
        request = Request(
            plan.operation.method.upper(),
            requests.target_of(plan.operation, parts, query),
            requests.headers_of(plan.operation, parts, headers),
            requests.body_of(parts),
        )
        return _Asked(plan, parts, _scope(plan, parts), verdict, outcome, request)

    def _records(self, call: Call) -> dict[Slot, dict[str, Any]] | None:
        for target in call.targets:
            if target.slot not in self._bound:
                record = self._bench.bind(target.slot, self._bound.values())
                if record is None:
                    return None
                self._bound[target.slot] = record
        return {each.slot: self._bench.world.body(self._bound[each.slot]) for each in call.targets}

    def _verdict(self, plan: Plan, call: Call, parts: Parts) -> Verdict | None:
        faults = plan.splicer.faults(parts)
        if call.edit is not None:
            certain = all(is_certain(plan.operation, location, place, parts) for location, place in faults)
            return (
                Verdict("invalid", places=frozenset(faults))
                if faults and certain and call.credential == "own"
                else None
            )
        if faults:
            return None
        if call.credential != "own":
            return Verdict("forbidden" if call.credential == "forbidden" else "unauthenticated")
        verdict = self._bench.world.judge(plan.operation, call.tenant, _scope(plan, parts))
        if verdict.outcome == "success" and len({id(each) for each in verdict.entries}) < len(verdict.entries):
            return None  # the spec says nothing about a record that is named twice
        return verdict

    def _state(self, asked: _Asked, *, succeeded: bool, status: int) -> Iterator[Breach]:
        """Yield what is wrong with the records after a request, and bring the model up to date."""
        bench, verdict = self._bench, asked.verdict
        actual = verdict.after
        if bench.state is not None:
            before, bench.digest = bench.digest, bench.state.digest()
            if not succeeded and bench.digest != before and not 200 <= status < 300:  # noqa: PLR2004 - RFC 9110, 15.3
                kinds = ", ".join(kind for kind in bench.digest if bench.digest[kind] != before.get(kind))
                rule = f"{asked.plan.operation.pointer}/x-transition"
                message = f"the request was refused with {status}, and yet records changed: {kinds}"
                yield Breach("unchanged_after_refusal", message, rule)
        if succeeded:
            self._moved += verdict.entries
            for entry, after in zip(verdict.entries, actual, strict=True):
                body, breach = changed_target(bench, asked.plan, entry, after)
                bench.world.change(entry, body)
                if breach is not None:
                    yield breach


def _check(call: Call, outcome: Outcome) -> str:
    """Return the name of the check that a wrong status fails."""
    if outcome in {"unauthenticated", "forbidden"}:
        return "credentials_required"
    is_foreign = any(target.slot.tenant != call.tenant and target.unknown is None for target in call.targets)
    return "tenant_isolation" if is_foreign and outcome == "unknown-record" else "documented_outcome"


def _scope(plan: Plan, parts: Parts) -> dict[str, Any]:
    return request_scope(plan.operation, parts.path, parts.query, parts.headers, parts.body)
