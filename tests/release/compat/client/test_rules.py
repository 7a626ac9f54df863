from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from specloom.release.compat.change import Change
from specloom.release.compat.client import client_changes
from specloom.release.compat.client.rules import CLIENT_RULES
from specloom.spec import SpecloomError, load

HERE = Path(__file__).parent
PACKAGE = HERE / "package"
CASES: dict[str, Any] = load(HERE / "rules.yaml").data


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Path]:
    """Copy the package, and put another text in the place of each first of two in a module."""

    def copied(*edits: tuple[str, str, str]) -> Path:
        folder = tmp_path / "changed"
        shutil.copytree(PACKAGE, folder, dirs_exist_ok=True)
        for module, was, now in edits:
            path = folder / "parcels_client" / f"{module}.py"
            text = path.read_text("utf-8")
            assert was in text
            path.write_text(text.replace(was, now), "utf-8")
        return folder

    return copied


def severities(changes: tuple[Change, ...]) -> dict[str, str]:
    return {each.where: each.severity.label for each in changes}


def edits(case: Any) -> list[tuple[str, str, str]]:
    return [(case[f"module{n}"], case[f"was{n}"], case[f"now{n}"]) for n in ("", "2") if f"module{n}" in case]


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_finds_the_change_of_its_case_and_no_other_rule_does(rule: str, changed: Callable[..., Path]) -> None:
    case = CASES[rule]

    changes = client_changes(PACKAGE, changed(*edits(case)))

    assert {rule, *case.get("also", ())} == {each.rule for each in changes}
    assert case["found"] == severities(tuple(each for each in changes if each.rule == rule))


@pytest.mark.parametrize("rule", CASES)
def test_the_opposite_direction_is_judged_too(rule: str, changed: Callable[..., Path]) -> None:
    case = CASES[rule]

    changes = client_changes(changed(*edits(case)), PACKAGE)

    assert case["back"] == {each.rule: each.severity.label for each in changes}


@pytest.mark.parametrize("rule", CASES)
def test_a_breaking_change_says_why_how_to_avoid_it_and_where_it_is(rule: str, changed: Callable[..., Path]) -> None:
    for change in client_changes(PACKAGE, changed(*edits(CASES[rule]))):
        place = change.revision or change.base
        assert place is not None
        assert str(place).startswith("parcels_client/")
        assert change.severity < change.severity.BREAKING or (change.why and change.remedy)


def test_every_rule_has_a_case() -> None:
    assert sorted(rule.id for rule in CLIENT_RULES) == sorted(CASES)


def test_a_package_is_compatible_with_itself() -> None:
    assert client_changes(PACKAGE, PACKAGE) == ()


def test_what_is_private_may_change(changed: Callable[..., Path]) -> None:
    revision = changed(("facade", "self._environment = environment", "self._chosen = environment"))

    assert client_changes(PACKAGE, revision) == ()


@pytest.mark.parametrize(
    ("was", "now", "severity"),
    [
        ("    number: str", "    number: str | int", "breaking"),
        ("    text: str", "    text: str | int", "additive"),
        ("    weight: int | Unset = UNSET", "    weight: int", "additive"),
        ('State = Literal["held", "waiting"]', 'State = Literal["held"]', "additive"),
        ('State = Literal["held", "waiting"]', 'State = Literal["gone", "held", "waiting"]', "additive"),
    ],
    ids=[
        "received-wider",
        "sent-wider",
        "received-always",
        "value-less-where-any-is-good",
        "value-more-where-any-is-good",
    ],
)
def test_a_type_is_judged_by_its_use(was: str, now: str, severity: str, changed: Callable[..., Path]) -> None:
    (change,) = client_changes(PACKAGE, changed(("models", was, now)))

    assert change.severity.label == severity


def test_a_folder_without_a_package_is_told(tmp_path: Path) -> None:
    with pytest.raises(SpecloomError, match="there is no package here"):
        client_changes(tmp_path, PACKAGE)
