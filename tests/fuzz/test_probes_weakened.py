"""Each family of probes finds a server for which one rule of the spec is another one."""

from __future__ import annotations

import pytest

from specloom.fuzz.probes import (
    batches,
    bodies,
    constraints,
    identity,
    parameters,
    states,
)
from specloom.sandbox import Sandbox

from .faulty import Load, mutated
from .probing import failures, probe

WEAKENED = {
    "a state that allows too much": (
        "ppl",
        states.refused,
        ("from: [ordered]", "from: [ordered, collected]"),
        "documented_outcome",
    ),
    "a state that allows too little": (
        "fastpod",
        states.allowed,
        ("from: [draft, new_order, on_hold]", "from: [new_order, on_hold]"),
        "documented_outcome",
    ),
    "a batch that may be longer": ("fuuffy", batches.sizes, ("maxItems: 100", "maxItems: 101"), "documented_outcome"),
    "a batch that must be shorter": ("fuuffy", batches.sizes, ("maxItems: 100", "maxItems: 99"), "documented_outcome"),
    "an order that may be named twice": (
        "fuuffy",
        batches.repeated,
        ("- distinct: $request.body#/orders/*/order_id", "- distinct: $request.body#/nothing"),
        "status_code_conformance",
    ),
    "an item of which one member counts": (
        "fuuffy",
        constraints.broken,
        ("members: [sku, bar_code_eid]", "members: [sku]"),
        "documented_outcome",
    ),
    "one of two references that is not enough": (
        "ppl",
        bodies.valid,
        ("- $request.query.orderReference\n          fault", "- $request.header.X-LogLevel\n          fault"),
        "documented_outcome",
    ),
    "a digit of any script": ("fuuffy", bodies.invalid, ("^[0-9]+$", "^\\\\d+$"), "documented_outcome"),
    "a parameter of any value": (
        "hypertrack",
        parameters.invalid,
        ("enum: [drop, pick]", "enum: [drop, pick, Drop, no-such-value]"),
        "documented_outcome",
    ),
    "a record that keeps another state": (
        "ppl",
        identity.first,
        ("to: cancelled", "to: collected"),
        "documented_outcome",
    ),
}


@pytest.mark.parametrize("name", WEAKENED)
def test_a_family_finds_a_rule_that_is_broken(load: Load, name: str) -> None:
    api_name, family, change, check = WEAKENED[name]
    api = load(api_name)
    found = failures(probe(api, Sandbox([mutated(api, change)]), families=(family,)))
    assert check in {failure.check for failure in found}
