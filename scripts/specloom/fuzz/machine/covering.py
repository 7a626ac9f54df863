"""Name the rules of a spec that a call of the state machine puts to the test, by where they stand (`Rule.at`)."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.fuzz.machine.calls import Call
from specloom.fuzz.machine.plan import Plan
from specloom.fuzz.machine.world import Verdict
from specloom.fuzz.scope import member
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import Distinct, Outcome, Within


def covered(plan: Plan, call: Call, verdict: Verdict, outcome: Outcome) -> Iterator[str]:
    """Yield the places of the rules; the first is the one that the call is mostly about."""
    base = f"{plan.operation.pointer}/x-transition"
    states = [str(member(scope["record"], plan.kind.state)) for scope in verdict.scopes if "record" in scope]
    if outcome == "success":
        yield from _success(plan, call, base, states)
    elif outcome == "wrong-state":
        yield from (base + json_pointer.join("from", f"not {states[index]}") for index in verdict.at_fault)
    elif outcome == "unknown-record":
        yield f"{base}/match"
        if any(target.slot.tenant != call.tenant for target in call.targets):
            yield f"{base}/record"
    elif outcome == "invalid" and call.edit is None:
        yield from _constraints(plan, call)
    if outcome != "success":
        yield f"{base}/refusal"
        if len(call.targets) > 1:
            yield f"{base}/each/atomic"
    yield f"{plan.operation.answers[outcome].pointer}/status"


def _success(plan: Plan, call: Call, base: str, states: list[str]) -> Iterator[str]:
    transition = plan.transition
    yield f"{base}/to"
    yield base
    allowed = [state for state in states if state in transition.from_states]
    yield from (f"{base}/from/{transition.from_states.index(state)}" for state in allowed)
    yield from (base + json_pointer.join("set", pointer) for pointer, _ in transition.changes)
    yield from (f"{plan.operation.pointer}/x-ensures/{index}" for index in range(len(plan.operation.ensures)))
    for pointer, _ in plan.choices[call.targets[0].named % len(plan.choices)]:
        yield base + json_pointer.join("match", pointer)
        yield base + json_pointer.join("match", pointer, "identity")
    if transition.each is not None and len(call.targets) > 1:
        yield f"{base}/each"


def _constraints(plan: Plan, call: Call) -> Iterator[str]:
    for constraint in plan.operation.constraints:
        if isinstance(constraint, Distinct) and len({target.slot for target in call.targets}) < len(call.targets):
            yield f"{constraint.pointer}/distinct"
        elif isinstance(constraint, Within):
            chosen = {each.foreign % len(constraint.members) for each in call.targets if each.foreign is not None}
            yield from (f"{constraint.pointer}/within" for _ in list(chosen)[:1])
            yield from (f"{constraint.pointer}/members/{index}" for index in chosen)
