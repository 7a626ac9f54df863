"""Servers that answer an outcome with another status, without its headers, or without naming the fault."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from specloom.fuzz.proof.drafting import Draft
from specloom.fuzz.proof.mutant import Mutant
from specloom.fuzz.rules import Rule, rules
from specloom.spec import Api, Operation
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import Outcome
from specloom.spec.walking import path_items


def answer_mutants(api: Api, operation: Operation, rule: Rule) -> Iterator[Mutant]:
    """Yield the mutants of a rule about the answer to an outcome."""
    if rule.kind == "answer.header":
        yield from _header_mutants(api, rule)
    elif rule.area == "answer":
        yield from _status_mutants(api, operation, rule, rule.aspect)  # type: ignore[arg-type]
    elif rule.kind == "faults.outcome":
        yield from _fault_mutants(api, operation, rule)
    else:
        yield from _layout_mutants(api, operation, rule)


def _status_mutants(api: Api, operation: Operation, rule: Rule, outcome: Outcome) -> Iterator[Mutant]:
    own = operation.answers[outcome].status
    declared = dict.fromkeys(each.status for each in operation.answers.values() if each.status != own)
    undeclared = ("202", "418") if outcome == "success" else ("418", "200")
    for status in [*declared, *(each for each in (*undeclared, "500") if each not in {own, *declared})]:
        draft = Draft(api)
        source = draft.at(json_pointer.split(operation.pointer))
        _answer_with(draft, source, outcome, own, status)
        yield Mutant(rule, f"{outcome} is answered with {status}", draft.read())


def _answer_with(draft: Draft, source: Any, outcome: Outcome, own: str, status: str) -> None:
    """Let `outcome` be answered with `status`: as that is answered otherwise, or else as before."""
    responses, answers = source["responses"], source["x-answers"]
    other = next((each for name, each in answers.items() if each["status"] == status and name != outcome), None)
    if other is not None:
        # What a template takes from records is there after a success alone.
        kept = [name for name in ("body", "example", "headers") if name in other]
        filled = "$each" in json.dumps(other.get("body")) or "$record" in json.dumps(other.get("body"))
        answers[outcome] = {"status": status} | {name: other[name] for name in kept if name != "body" or not filled}
        return
    if status not in responses:
        responses[status] = json.loads(json.dumps(responses[own]))
    answers[outcome] = {**answers[outcome], "status": status}
    if "x-faults" not in draft.at([*_tokens(draft, source), "responses", status]):
        answers[outcome].pop("fault", None)


def _tokens(draft: Draft, source: Any) -> list[str]:
    """Return where the operation `source` stands in its draft."""
    for path, item in path_items(draft.data):
        for method, each in item.items():
            if each is source:
                return ["paths", path, method]
    raise LookupError


def _header_mutants(api: Api, rule: Rule) -> Iterator[Mutant]:
    tokens = json_pointer.split(rule.at)
    name = tokens[-1]
    for text, value in (
        ("it is left out", None),
        ("it is always the same", ["specloom"]),
        ("it is new each time", ["$uuid"]),
    ):
        draft = Draft(api)
        headers = draft.at(tokens[:-1])
        given = headers[name]
        if value is None:
            del headers[name]
        elif value == given:
            continue
        else:
            headers[name] = value
        yield Mutant(rule, text, draft.read())


def _fault_mutants(api: Api, operation: Operation, rule: Rule) -> Iterator[Mutant]:
    tokens = json_pointer.split(rule.at)
    draft = Draft(api)
    _name_nothing(operation, draft.at(tokens[:-1]))
    yield Mutant(rule, "nothing is named", draft.read())
    draft = Draft(api)
    draft.at(tokens)["field"] = "specloom"
    yield Mutant(rule, "another field is named", draft.read())


def _name_nothing(operation: Operation, answer: Any) -> None:
    """Let an answer have a body in which the place for faults is empty."""
    response = operation.responses[answer["status"]]
    answer.pop("fault", None)
    example = response.example(answer.pop("example", None))
    body = json.loads(json.dumps(answer.get("body", None if example is None else example.value)))
    if response.faults is not None and isinstance(body, dict):
        at = response.faults.at
        fixed = at.partition("/{$fault")[0].partition("/*")[0]
        body = json_pointer.replaced(body, fixed, [] if at.startswith(f"{fixed}/*") else {})
    answer["body"] = body


def _layout_mutants(api: Api, operation: Operation, rule: Rule) -> Iterator[Mutant]:
    tokens = json_pointer.split(rule.at)
    draft = Draft(api)
    for answer in draft.at([*json_pointer.split(operation.pointer), "x-answers"]).values():
        if answer["status"] == tokens[-2]:
            _name_nothing(operation, answer)
    del draft.at(tokens[:-1])["x-faults"]
    yield Mutant(rule, "nothing is named", draft.read())
    layout = Draft(api).at(tokens)
    text = json.dumps(layout)
    for expression, other in (("$fault.field", "specloom"), ("$fault.in", "header"), ("$fault.message", "")):
        replaced = text.replace(f"{{{expression}}}", other).replace(expression, other)
        if replaced != text:
            draft = Draft(api)
            draft.at(tokens[:-1])["x-faults"] = json.loads(replaced)
            yield Mutant(rule, f"{expression} is always {other or 'empty'}", draft.read())
    draft = Draft(api)
    draft.at(tokens)["notation"] = "dots" if layout["notation"] == "brackets" else "brackets"
    reason = "" if _is_nested(api, operation) else "a field is named by one name, and both notations write that alike"
    yield Mutant(rule, "fields are named in the other notation", draft.read(), equivalent=reason)


def _is_nested(api: Api, operation: Operation) -> bool:
    """Say whether a rule is about a value in the body that more than one name or index leads to."""
    return any(
        sum(token in _STEPS for token in json_pointer.split(rule.at)) + (rule.aspect == "required") > 1
        for rule in rules(api)
        if rule.area == "body" and rule.operation == operation.label
    )


_STEPS: Final = ("properties", "items", "prefixItems", "additionalProperties")
