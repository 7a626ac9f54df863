"""Make the mutants of a rule, and say of which it is known that nobody can tell them from a right server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import attrs

from specloom.fuzz.proof.answer_mutants import answer_mutants
from specloom.fuzz.proof.constraint_mutants import constraint_mutants, seed_mutants
from specloom.fuzz.proof.credential_mutants import credential_mutants
from specloom.fuzz.proof.ensure_mutants import ensure_mutants
from specloom.fuzz.proof.equivalence import implied
from specloom.fuzz.proof.mutant import Mutant
from specloom.fuzz.proof.request_mutants import request_mutants
from specloom.fuzz.proof.response_mutants import response_mutants
from specloom.fuzz.proof.transition_mutants import transition_mutants
from specloom.fuzz.rules import Rule, rules
from specloom.spec import Api, Operation

_BY_AREA: Final[dict[str, Callable[[Api, Operation, Rule], Iterator[Mutant]]]] = {
    "body": request_mutants,
    "parameter": request_mutants,
    "credentials": credential_mutants,
    "constraint": constraint_mutants,
    "transition": transition_mutants,
    "answer": answer_mutants,
    "faults": answer_mutants,
    "response": response_mutants,
    "header": response_mutants,
    "ensure": ensure_mutants,
}


def mutants(api: Api, rule: Rule) -> tuple[Mutant, ...]:
    """Return the servers that break `rule`, each another way; none when nothing that a server does would break it."""
    if rule.area == "seeds":
        return tuple(seed_mutants(api, rule))
    operation = next(each for each in api.operations if each.label == rule.operation)
    found: dict[str, Mutant] = {}
    for mutant in _BY_AREA[rule.area](api, operation, rule):
        reason = mutant.equivalent or implied(api, operation, mutant)
        if not reason and rule.kind in {"answer.invalid", "faults.invalid"}:
            reason = _never_invalid(api, operation)
        found[mutant.id] = attrs.evolve(mutant, equivalent=reason)
    return tuple(found.values())


def _never_invalid(api: Api, operation: Operation) -> str:
    """Return why no request for an operation is invalid; empty when one can be."""
    if operation.body is not None or operation.constraints:
        return ""
    about = [rule for rule in rules(api) if rule.area == "parameter" and rule.operation == operation.label]
    # The first mutant of a rule leaves it out: when nobody can tell, the rule refuses nothing.
    if all(mutants(api, rule)[0].equivalent for rule in about):
        return "no request is invalid: whatever the parameters are, they satisfy their schemas"
    return ""


def unbreakable(rule: Rule) -> str:
    """Return why a rule has no mutants."""
    if rule.area == "header":
        return "whatever a header holds is text"
    if rule.area == "response":
        return "whatever stands there satisfies another alternative of a union, or what else the schema says"
    return "no server could break it"
