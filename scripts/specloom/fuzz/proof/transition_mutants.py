"""Servers that follow another transition than the spec's: other states, other changes, other records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from specloom.fuzz.proof.drafting import Edit, edited
from specloom.fuzz.proof.mutant import Mutant
from specloom.fuzz.proof.record_mutants import record_mutants
from specloom.fuzz.rules import Rule
from specloom.fuzz.rules.behaviour import states
from specloom.spec import Api, Operation
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import Transition


def transition_mutants(api: Api, operation: Operation, rule: Rule) -> Iterator[Mutant]:
    """Yield the mutants of a rule about the transition of an operation."""
    transition = operation.transition
    assert transition is not None  # noqa: S101 - the rule was made from it
    tokens = [*json_pointer.split(operation.pointer), "x-transition"]
    for text, edit in _edits(api, transition, rule):
        yield Mutant(rule, text, edited(api, tokens, edit))
    for text, change in record_mutants(api, operation, transition, rule.aspect):
        yield Mutant(rule, text, api, change)


def _edits(api: Api, transition: Transition, rule: Rule) -> Iterator[tuple[str, Edit]]:
    name = json_pointer.split(rule.at)[-1]
    match rule.aspect:
        case "from":
            state = transition.from_states[int(name)]
            yield f"a record that is {state} is refused", lambda source: source["from"].remove(state)
        case "refused":
            state = name.removeprefix("not ")
            yield f"a record that is {state} is moved", lambda source: source["from"].append(state)
        case "to":
            for other in _others(api, transition):
                yield f"a record is {other} afterwards", _to(other)
        case "set":
            yield "it is left as it was", lambda source: source["set"].pop(name)
            yield "it is set to something else", lambda source: source["set"].update({name: _other(source, name)})
        case "match" if len(transition.match) > 1:
            yield "it is not looked at", lambda source: source["match"].pop(name)


def _others(api: Api, transition: Transition) -> list[str]:
    """Return states that a server could wrongly lead to: one to start from, and one that is neither."""
    found = [state for state in transition.from_states if state != transition.to_state][:1]
    listed = states(api, api.records[transition.record])
    return found + [state for state in listed if state not in {*transition.from_states, transition.to_state}][:1]


def _to(state: str) -> Edit:
    def edit(source: Any) -> None:
        source["to"] = state

    return edit


def _other(source: Any, name: str) -> Any:
    """Return a template of the same type as that at `name` that gives another value."""
    value = source["set"][name]
    if value == "$now":
        return "2001-02-03T04:05:06.000Z"
    if isinstance(value, dict):
        return {
            key: each if not isinstance(each, str) or each.startswith("$") else f"{each}x"
            for key, each in value.items()
        }
    return f"{value}x" if isinstance(value, str) and not value.startswith("$") else "specloom"
