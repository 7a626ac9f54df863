"""What changed becomes items of a changelog, and items of people announce what breaks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from specloom.release.changelog import Section, parse_changelog
from specloom.release.changelog.entries import change_entries, first_entries, is_acknowledged, line_entries, merged
from specloom.release.compat.change import Change, Severity, Side
from specloom.spec import Api, Place

HERE = Place(Path("openapi.yaml"), 3, "/paths")
HOLD = "POST /hold"


def _change(rule: str = "narrowed", severity: Severity = Severity.BREAKING, **others: object) -> Change:
    values = {"side": Side.REQUEST, "operation": HOLD, "where": "body $.note", "base": HERE, "revision": HERE}
    return Change(rule=rule, severity=severity, message="the note is required", **{**values, **others})  # type: ignore[arg-type]


def _unreleased(item: str) -> Section | None:
    return parse_changelog(f"## [Unreleased]\n\n### Changed\n\n- {item}\n", Path("CHANGELOG.md")).unreleased


def test_breaking_changes_come_first_with_their_rule() -> None:
    entries = change_entries(
        [_change("wider", Severity.ADDITIVE), _change(why="Old calls are refused"), _change("same", Severity.NONE)],
        None,
    )
    assert entries == {
        "Changed": [
            "**Breaking** (`narrowed`): `POST /hold`, body $.note: The note is required. Old calls are refused.",
            "`POST /hold`, body $.note: The note is required.",
        ]
    }


@pytest.mark.parametrize(
    ("change", "group"),
    [
        (_change(base=None), "Added"),
        (_change("parameter-added"), "Added"),
        (_change(revision=None), "Removed"),
        (_change("parameter-removed"), "Removed"),
        (_change("deprecated-parameter-removed", revision=None), "Removed"),
        (_change("operation-deprecated"), "Deprecated"),
        (_change("no-longer-deprecated"), "Changed"),
        (_change(), "Changed"),
    ],
    ids=["new", "added", "gone", "removed", "deprecated gone", "deprecated", "undeprecated", "changed"],
)
def test_the_kind_of_change_is_told_by_its_sides(change: Change, group: str) -> None:
    assert list(change_entries([change], None)) == [group]


@pytest.mark.parametrize(
    ("item", "announced"),
    [
        ("`narrowed`: give a note.", True),
        ("`narrowed` in `POST /hold`.", True),
        ("`narrowed` and `widened` in `POST /hold` and `GET /hold`.", True),
        ("`narrowed` in `GET /hold`.", False),
        ("narrowed, not as code.", False),
        ("`widened`: another rule.", False),
    ],
)
def test_an_item_announces_a_rule_in_the_operations_that_it_names(item: str, announced: bool) -> None:
    unreleased = _unreleased(item)
    assert is_acknowledged(_change(), unreleased) is announced
    assert change_entries([_change()], unreleased) == ({} if announced else change_entries([_change()], None))


def test_what_belongs_to_no_operation_is_announced_by_the_rule_alone() -> None:
    assert is_acknowledged(_change(operation=None), _unreleased("`narrowed`"))
    assert is_acknowledged(_change(operation=None), _unreleased("`narrowed` in `POST /hold`"))
    assert not is_acknowledged(_change(operation=None), _unreleased("`widened`"))
    assert not is_acknowledged(_change(), None)


def test_what_the_package_gains_by_what_is_new_on_the_wire_is_told_once() -> None:
    gained = _change("client-parameter-added", Severity.ADDITIVE, side=Side.CLIENT, operation=None, where="hold(note)")
    (alone,) = change_entries([gained], None)["Added"]
    assert alone == "`hold(note)`: The note is required."
    assert change_entries([gained, _change("parameter-added", Severity.ADDITIVE, base=None)], None) == {
        "Added": ["`POST /hold`, body $.note: The note is required."]
    }


def test_where_something_is_stands_in_an_item_once() -> None:
    (item,) = change_entries([_change(where="the note")], None)["Changed"]
    assert item == "**Breaking** (`narrowed`): `POST /hold`: The note is required."


def test_a_line_says_what_kind_of_change_it_is() -> None:
    assert line_entries("Fixed: the page  was wrong") == {"Fixed": ["the page was wrong"]}
    assert line_entries("Note: this") == {"Changed": ["Note: this"]}
    assert line_entries("  ") == {}


def test_a_first_release_lists_the_operations(load: Callable[[str], Api]) -> None:
    api = load("fuuffy")
    (entries,) = first_entries(api).values()
    assert [entry.split("`")[1] for entry in entries] == [each.label for each in api.operations]


def test_something_is_always_told() -> None:
    assert merged({"Added": ["a"]}, {"Fixed": ["b"], "Added": ["a", "c"]}, unreleased=None) == {
        "Added": ["a", "c"],
        "Fixed": ["b"],
    }
    (nothing,) = merged({}, unreleased=None)["Changed"]
    assert nothing
    assert merged({}, unreleased=_unreleased("told")) == {}
