"""Servers without a rule between several fields, or with another one; and servers with other seeds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from specloom.fuzz.proof.drafting import Draft
from specloom.fuzz.proof.equivalence import answered_alike
from specloom.fuzz.proof.mutant import Mutant
from specloom.fuzz.proof.routes import Routes
from specloom.fuzz.proof.serving import Ask, Asked, Change, Told
from specloom.fuzz.rules import Rule
from specloom.fuzz.rules.behaviour import states
from specloom.spec import Api, Operation
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import Distinct
from specloom.spec.equality import equal


def constraint_mutants(api: Api, operation: Operation, rule: Rule) -> Iterator[Mutant]:
    """Yield the mutants of a rule about an `x-constraints`."""
    tokens = json_pointer.split(rule.at)
    index = tokens.index("x-constraints") + 2
    below = tokens[index:]
    draft = Draft(api)
    if len(below) == 1:
        del draft.at(tokens[: index - 1])[int(tokens[index - 1])]
        text = "there is no such rule"
    else:
        del draft.at(tokens[:-1])[int(below[1])]
        text = "it does not count"
    yield Mutant(rule, text, draft.read(), equivalent=_same_either_way(operation, rule) if len(below) == 1 else "")
    constraint = operation.constraints[int(tokens[index - 1])]
    if isinstance(constraint, Distinct) and constraint.values.root == "request.body":
        yield Mutant(rule, "what is named twice is done once", api, _once(Routes(api), operation, constraint))


def seed_mutants(api: Api, rule: Rule) -> Iterator[Mutant]:
    """Yield servers that start with other records than a group of seeds."""
    tokens = json_pointer.split(rule.at)
    kind = api.records[tokens[1]]
    group = kind.seeds[int(tokens[-1])]
    other_tenant = next((each for each in api.tenants if each != group.tenant), None)
    other_state = next((each for each in states(api, kind) if each != _state(group, kind)), None)
    edits: list[tuple[str, dict[str, Any]]] = [("the last of them is missing", {"count": group.count - 1})]
    if other_tenant is not None:
        edits.append((f"they are those of {other_tenant}", {"tenant": other_tenant}))
    if other_state is not None:
        edits.append((f"they are {other_state}", {"state": other_state}))
    for text, edit in edits:
        draft = Draft(api)
        draft.at(tokens).update(edit)
        yield Mutant(rule, text, draft.read())


def _state(group: Any, kind: Any) -> str:
    record = group.record({"n": group.start})
    return str(group.state or json_pointer.get(record, kind.state))


def _same_either_way(operation: Operation, rule: Rule) -> str:
    """Return why nobody can tell whether one of several keys has to be given; empty when one can."""
    transition = operation.transition
    if rule.aspect != "any-given" or transition is None:
        return ""
    constraint = next(each for each in operation.constraints if rule.at.startswith(each.pointer))
    texts = {each.text for each in constraint.values}  # type: ignore[union-attr]
    if texts == {expression.text for _, expression in transition.match} and answered_alike(operation):
        status = operation.answers["invalid"].status
        return f"without any of them no record is named, and an unknown record is answered with {status} as well"
    return ""


def _once(routes: Routes, operation: Operation, constraint: Distinct) -> Change:
    """Leave out the elements of an array that repeat the value of another one."""

    async def change(asked: Asked, ask: Ask) -> Told:
        if routes.operation(asked) is not operation:
            return await ask(asked)
        body = asked.json
        seen: list[Any] = []
        array = constraint.values.pointer.rpartition("/*")[0]
        keep: list[Any] = []
        found = list(constraint.values.find({"request.body": body}))
        for pointer, value in found:
            element = pointer.split("/")[: len(array.split("/")) + 1]
            if not any(equal(value, other) for other in seen):
                keep.append(json_pointer.get(body, "/".join(element)))
            seen.append(value)
        if len(keep) < len(found):
            body = json.loads(json.dumps(body))
            json_pointer.put(body, array, keep)
            asked = asked.with_json(body)
        return await ask(asked)

    return change
