"""Bring the rules of all parts of a spec together."""

from __future__ import annotations

from specloom.fuzz.rules.behaviour import behaviour_rules, seed_rules
from specloom.fuzz.rules.requests import request_rules
from specloom.fuzz.rules.responses import response_rules
from specloom.fuzz.rules.rule import Rule
from specloom.spec import Api


def rules(api: Api) -> tuple[Rule, ...]:
    """Return every rule that the spec of `api` states, each once, operation by operation, in the order of the spec."""
    found: dict[str, Rule] = {}
    for operation in api.operations:
        for source in (request_rules, response_rules, behaviour_rules):
            found |= {rule.id: rule for rule in source(api, operation)}
    found |= {rule.id: rule for rule in seed_rules(api)}
    return tuple(found.values())
