"""specs/README.md tells what is there: every rule, every keyword with a valid example, every expression."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import pytest

from specloom.spec import Document
from specloom.spec.expression import expressions, parse
from specloom.spec.lint import RULES
from specloom.spec.reading import parse as parse_yaml
from specloom.spec.vocabulary import behaviour_findings, keyword_findings, keywords

README: Final = (Path(__file__).parents[2] / "specs" / "README.md").read_text("utf-8")
KEYWORDS: Final = sorted(keywords()["properties"])


def section(title: str) -> str:
    """Return what stands under the heading `title`, up to the next heading."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", README, re.MULTILINE | re.DOTALL)
    assert found is not None, f"there is no section {title}"
    return found[1]


def example(keyword: str) -> Document:
    """Return the example of a keyword."""
    (source,) = re.findall(r"```yaml\n(.*?)```", section(keyword), re.DOTALL)
    return parse_yaml(source, Path("README.md"))


def test_every_rule_stands_in_the_table_with_a_reason_and_no_other_does() -> None:
    rows = re.findall(r"^\| (S[0-9]+) \| (.+?) \| (.+?\.) \|$", README, re.MULTILINE)

    assert [(number, statement) for number, statement, _ in rows] == [(rule.number, rule.statement) for rule in RULES]


def test_there_are_at_most_ten_keywords_beside_the_mark_of_a_foreign_spec() -> None:
    assert len(set(KEYWORDS) - {"x-foreign"}) <= 10


def test_every_keyword_has_a_section_and_no_other_has() -> None:
    assert sorted(re.findall(r"^### (x-.*)$", README, re.MULTILINE)) == KEYWORDS
    assert sorted(re.findall(r"^\| \[`(x-[a-z]+)`\]\(#x-[a-z]+\) \|", README, re.MULTILINE)) == KEYWORDS


@pytest.mark.parametrize("keyword", KEYWORDS)
def test_a_keyword_has_an_example_that_follows_the_vocabulary(keyword: str) -> None:
    document = example(keyword)

    assert list(document.data) == [keyword]
    assert list(keyword_findings(document)) == []


@pytest.mark.parametrize("keyword", [keyword for keyword in KEYWORDS if keyword not in {"x-answers", "x-transition"}])
def test_the_expressions_of_an_example_are_well_formed(keyword: str) -> None:
    assert list(behaviour_findings(example(keyword))) == []


@pytest.mark.parametrize("keyword", ["x-answers", "x-transition"])
def test_the_expressions_of_a_part_of_an_operation_are_well_formed(keyword: str) -> None:
    assert list(expressions(example(keyword).data))


@pytest.mark.parametrize("keyword", KEYWORDS)
def test_every_member_of_a_keyword_is_explained(keyword: str) -> None:
    text = section(keyword)

    for member in members(keywords()["properties"][keyword]):
        assert f"`{member}`" in text or f"{member}:" in text


def members(schema: dict[str, Any]) -> list[str]:
    """Return the names of the members that a keyword may have, at any depth; notes are explained for all at once."""
    found = [name for name in schema.get("properties", {}) if not name.startswith("x-")]
    for keyword in ("items", "additionalProperties"):
        if isinstance(schema.get(keyword), dict):
            found += members(schema[keyword])
    for inner in schema.get("properties", {}).values():
        if isinstance(inner, dict):
            found += members(inner)
    if schema.get("$ref") == "#/$defs/answer":
        found += members(keywords()["$defs"]["answer"])
    return found


def test_every_expression_in_the_table_is_one() -> None:
    named = [
        text for row in re.findall(r"^\| (`\$.*?) \|", README, re.MULTILINE) for text in re.findall(r"`(.+?)`", row)
    ]

    assert len(named) >= 12
    for text in named:
        parse(text)
