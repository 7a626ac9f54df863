from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from specloom.release.compat.change import Change
from specloom.release.compat.rule import ApiRule, OperationRule, SchemaRule, TypedRule
from specloom.release.compat.rules import api_rules, operation_rules, schema_rules
from specloom.release.compat.wire import wire_changes
from specloom.spec import load

PAIRS = Path(__file__).parent / "rules"
Rule = ApiRule | OperationRule | SchemaRule | TypedRule
RULES: list[Rule] = [*api_rules(), *operation_rules(), *schema_rules()]


@pytest.fixture(params=RULES, ids=lambda rule: rule.id)
def rule(request: pytest.FixtureRequest) -> Rule:
    found: Rule = request.param
    return found


def compared(base: Path, revision: Path) -> tuple[Change, ...]:
    return wire_changes(load(base), load(revision))


def told(changes: tuple[Change, ...]) -> list[dict[str, str]]:
    return [{"rule": each.rule, "side": each.side.value, "severity": each.severity.label} for each in changes]


def expected(rule: Rule) -> Any:
    return load(PAIRS / rule.id / "expected.yaml").data


def test_a_rule_finds_the_change_of_its_pair_and_no_other_rule_does(rule: Rule) -> None:
    folder = PAIRS / rule.id

    changes = compared(folder / "base.yaml", folder / "revision.yaml")

    assert {rule.id} == {each.rule for each in changes}
    assert expected(rule)["forward"] == told(changes)


def test_the_opposite_direction_is_judged_too(rule: Rule) -> None:
    folder = PAIRS / rule.id

    changes = compared(folder / "revision.yaml", folder / "base.yaml")

    assert expected(rule)["backward"] == told(changes)


def test_a_breaking_change_says_why_and_how_to_avoid_it(rule: Rule) -> None:
    folder = PAIRS / rule.id

    for change in compared(folder / "base.yaml", folder / "revision.yaml"):
        assert change.message
        assert change.severity < change.severity.BREAKING or (change.why and change.remedy)


def test_a_finding_points_into_both_documents(rule: Rule) -> None:
    folder = PAIRS / rule.id

    for change in compared(folder / "base.yaml", folder / "revision.yaml"):
        places = [place for place in (change.base, change.revision) if place is not None]
        assert places
        assert all(place.path is not None and place.line is not None for place in places)


def test_rules_have_ids_of_their_own() -> None:
    ids = [each.id for each in RULES]

    assert sorted(set(ids)) == sorted(ids)
    assert {each.name for each in PAIRS.iterdir()} >= set(ids)
