"""Name the rules that a probe puts to the test besides the one it is about, by where they stand (`Rule.at`)."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.fuzz.probes.passes import carried_by
from specloom.fuzz.probes.probe import Probe
from specloom.spec import Api, Operation
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import AnyGiven, Constraint, Distinct, Outcome
from specloom.spec.expression import ABSENT


def covered(api: Api, probe: Probe) -> Iterator[str]:
    """Yield the places of the rules about the outcome, the constraints and the credentials of a probe."""
    if len(probe.outcomes) != 1 or probe.statuses:
        return
    outcome, operation = probe.outcomes[0], probe.operation
    yield from _answered(operation, outcome)
    if outcome == "invalid":
        for constraint in operation.constraints:
            if constraint.pointer == probe.rule:
                yield constraint.pointer + _keyword(constraint)
    elif outcome == "success" and probe.draft is not None:
        for constraint in operation.constraints:
            if isinstance(constraint, AnyGiven):
                yield from _given_alone(constraint, probe)
    if outcome != "unauthenticated":
        for name, index in carried_by(api, operation, probe.request):
            yield operation.pointer + json_pointer.join("security", name, str(index))


def _answered(operation: Operation, outcome: Outcome) -> Iterator[str]:
    """Yield the rules about the answer of an outcome."""
    answer = operation.answers.get(outcome)
    if answer is None:
        return
    yield f"{answer.pointer}/status"
    yield from (answer.pointer + json_pointer.join("headers", name) for name, _ in answer.headers)
    if answer.fault is not None:
        yield f"{answer.pointer}/fault"
    if outcome == "invalid":
        yield f"{operation.pointer}/responses/{answer.status}/x-faults"
    elif outcome == "success":
        yield from (f"{operation.pointer}/x-ensures/{index}" for index in range(len(operation.ensures)))


def _keyword(constraint: Constraint) -> str:
    if isinstance(constraint, AnyGiven):
        return "/any-given"
    return "/distinct" if isinstance(constraint, Distinct) else "/within"


def _given_alone(constraint: AnyGiven, probe: Probe) -> Iterator[str]:
    scope = {} if probe.draft is None else probe.draft.scope
    given = [index for index, value in enumerate(constraint.values) if value.first(scope) is not ABSENT]
    if len(given) == 1:
        yield f"{constraint.pointer}/any-given/{given[0]}"
