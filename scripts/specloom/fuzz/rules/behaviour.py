"""Enumerate what a spec says about records: transitions, constraints, tenants, batches, seeds."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.fuzz.rules.rule import Rule
from specloom.spec import Api, Operation
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import AnyGiven, Constraint, Distinct, RecordKind, Transition


def behaviour_rules(api: Api, operation: Operation) -> Iterator[Rule]:
    """Yield the rules about what an operation does."""
    for constraint in operation.constraints:
        for kind, below, text in _of_constraint(constraint):
            pointer = constraint.pointer + below
            yield Rule(f"constraint.{kind}", operation.label, pointer, text, pointer)
    transition = operation.transition
    if transition is not None:
        base = f"{operation.pointer}/x-transition"
        for aspect, below, text in _of_transition(api, transition):
            yield Rule(f"transition.{aspect}", operation.label, _standing(api, base, below), text, base + below)


def seed_rules(api: Api) -> Iterator[Rule]:
    """Yield what a fresh server holds: each group of records."""
    for kind in api.records.values():
        for index, group in enumerate(kind.seeds):
            pointer = f"{kind.pointer}/seeds/{index}"
            text = f"{group.count} {kind.name} records of {group.tenant} from {group.start} are there"
            yield Rule("seeds.group", "", pointer, text, pointer)


def _of_constraint(constraint: Constraint) -> Iterator[tuple[str, str, str]]:
    if isinstance(constraint, AnyGiven):
        names = " or ".join(each.text for each in constraint.values)
        yield "any-given", "/any-given", f"{names} is given"
        for index, each in enumerate(constraint.values):
            yield "any-given", f"/any-given/{index}", f"{each.text} alone is enough"
    elif isinstance(constraint, Distinct):
        yield "distinct", "/distinct", f"no two of {constraint.values.text} are equal"
    else:
        yield "within", "/within", f"{constraint.values.text} are among {constraint.of.text}"
        for index, name in enumerate(constraint.members):
            yield "within", f"/members/{index}", f"{constraint.values.text}: {name} counts"


def _of_transition(api: Api, transition: Transition) -> Iterator[tuple[str, str, str]]:
    kind = api.records[transition.record]
    for index, state in enumerate(transition.from_states):
        yield "from", f"/from/{index}", f"a record that is {state} is moved"
    for state in states(api, kind):
        if state not in transition.from_states:
            yield "refused", json_pointer.join("from", f"not {state}"), f"a record that is {state} is refused"
    yield "to", "/to", f"a record is {transition.to_state} afterwards"
    for pointer, _ in transition.changes:
        yield "set", json_pointer.join("set", pointer), f"{pointer} of the record is set"
    for pointer, expression in transition.match:
        text = f"{pointer} of the record is {expression.text}"
        yield "match", json_pointer.join("match", pointer), text
        if pointer in kind.keys:
            yield "identity", json_pointer.join("match", pointer, "identity"), f"{pointer} names that record alone"
    yield "unknown-record", "/match", f"a {kind.name} that is not there is refused"
    yield "others", "", f"no other {kind.name} and no other member changes"
    yield "refusal", "/refusal", "a refused request changes nothing"
    if transition.each is not None:
        yield "batch", "/each", f"each of {transition.each.text} is moved"
        yield "atomic", "/each/atomic", f"when one of {transition.each.text} is refused, none is moved"
    if len(api.tenants) > 1:
        yield "tenant", "/record", f"a tenant has no access to the {kind.name} records of another"


def states(api: Api, kind: RecordKind) -> tuple[str, ...]:
    """Return the states that the schema of a kind of record lists; none where it lists none."""
    pointer = kind.schema_pointer
    for token in json_pointer.split(kind.state):
        pointer = api.document.resolve(pointer)[0] + json_pointer.join("properties", token)
    schema = api.document.resolve(pointer)[1]
    return tuple(each for each in schema.get("enum", ()) if isinstance(each, str))


def _standing(api: Api, base: str, below: str) -> str:
    """Return the pointer of what stands in the document at or above `below`, under `base`."""
    tokens = json_pointer.split(below)
    while tokens:
        pointer = base + json_pointer.join(*tokens)
        try:
            json_pointer.get(api.document.data, pointer)
        except (LookupError, TypeError):
            tokens.pop()
        else:
            return pointer
    return base
