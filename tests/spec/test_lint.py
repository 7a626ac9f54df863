"""Linting as a whole: the table of rules, the order and the form of findings."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import pytest

from specloom.spec import Document
from specloom.spec.lint import RULES, Rule, lint

Write = Callable[[dict[str, Any]], Document]

OPERATION: Final = "/paths/~1parcels~1{number}~1hold/post"
SCHEMAS: Final = "/components/schemas"


def test_the_small_spec_follows_every_rule(parcel: Document) -> None:
    assert lint(parcel) == []


def test_rules_are_numbered_without_gaps() -> None:
    assert [rule.number for rule in RULES] == [f"S{number:02}" for number in range(1, len(RULES) + 1)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.number)
def test_a_rule_is_one_sentence(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z][^\n]*[a-z]\.", rule.statement)


def test_findings_come_in_the_order_of_the_file(write: Write) -> None:
    document = write({f"{SCHEMAS}/Owner/description": ..., f"{OPERATION}/summary": ..., "/info/version": "1"})

    assert [finding.rule for finding in lint(document)] == ["S23", "S09", "S24"]


def test_all_faults_of_one_kind_are_found_at_once(write: Write) -> None:
    document = write({f"{SCHEMAS}/Parcel/type": "objekt", f"{SCHEMAS}/Owner/type": "objekt"})

    assert [finding.pointer for finding in lint(document)] == [f"{SCHEMAS}/Parcel/type", f"{SCHEMAS}/Owner/type"]
