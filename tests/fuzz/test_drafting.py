"""A rule is changed at the one place that is meant, and nowhere else."""

from __future__ import annotations

from typing import Any

from specloom.fuzz.proof.drafting import Draft
from specloom.fuzz.rules import rules
from specloom.spec import pointer as json_pointer

from .faulty import Load


def test_a_component_stays_as_it_is_for_others_that_use_it(load: Load) -> None:
    api = load("fuuffy")
    first, *others = [rule for rule in rules(api) if rule.kind == "body.pattern"]
    draft = Draft(api)
    del draft.at(json_pointer.split(first.at)[:-1])["pattern"]
    assert "pattern" not in draft.at(json_pointer.split(first.at)[:-1])
    assert len(others) == 2
    assert all(json_pointer.get(draft.data, rule.pointer) == "^[0-9]+$" for rule in others)


def test_a_discriminator_leads_to_the_alternative_that_was_changed(load: Load) -> None:
    api = load("fuuffy")
    rule = next(rule for rule in rules(api) if rule.kind == "body.const")
    draft = Draft(api)
    changed: dict[str, Any] = draft.at(json_pointer.split(rule.at)[:-1])
    changed["const"] = "OTHER"
    mapping = draft.data["components"]["schemas"]["PickpackRejection"]["discriminator"]["mapping"]
    assert mapping["OUT_OF_STOCK"] == "#/components/schemas/OutOfStockRejection"  # the component itself is untouched
    union = draft.at(json_pointer.split(rule.at)[: json_pointer.split(rule.at).index("oneOf")])
    place = union["discriminator"]["mapping"]["OUT_OF_STOCK"].removeprefix("#")
    assert json_pointer.get(draft.data, place)["properties"]["type"]["const"] == "OTHER"


def test_a_parameter_of_a_path_becomes_one_of_the_operation(load: Load) -> None:
    api = load("hypertrack")
    rule = next(rule for rule in rules(api) if rule.kind == "parameter.enum")
    draft = Draft(api)
    draft.at(json_pointer.split(rule.at)[:-1])["enum"] = ["drop"]
    operation = draft.read().operations[0]
    assert next(each for each in operation.parameters if each.name == "type").schema["enum"] == ["drop"]
    assert draft.data["components"]["schemas"]["OrderType"]["enum"] == ["drop", "pick"]
