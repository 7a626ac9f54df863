"""A changelog is read as people write it, and what cannot be meant is said so."""

from __future__ import annotations

from pathlib import Path

import pytest

from specloom.release.changelog import Changelog, parse_changelog, read_changelog
from specloom.spec import SpecloomError

TEXT = """\
# Changelog

What changed.

## [Unreleased]

A word in advance.

### Changed

- **Breaking** (`request-narrowed`): the note is
  required for `POST /hold`.
- Another `thing`
  - with an `inner` item

```
## [9.9.9] - 2020-01-01
```

#### A detail

More.

### Fixed

* A fault.

## [1.1.0] - 2026-02-03 [YANKED] it loses answers

### Added

- More.

## 1.0.0 - 2026-01-02

## Notes

- None of a release.

[Unreleased]: https://example.com/compare
"""
PLACE = Path("specs/parcels/CHANGELOG.md")


@pytest.fixture
def changelog() -> Changelog:
    """The changelog above."""
    return parse_changelog(TEXT, PLACE)


def test_sections_have_versions_and_dates(changelog: Changelog) -> None:
    assert [(each.version, each.date) for each in changelog.sections] == [
        (None, None),
        ("1.1.0", "2026-02-03"),
        ("1.0.0", "2026-01-02"),
    ]


def test_a_yanked_release_has_a_reason(changelog: Changelog) -> None:
    assert [each.yanked for each in changelog.sections] == [None, "it loses answers", None]
    bare = parse_changelog("## [1.0.0] - 2026-01-02 [YANKED]\n", PLACE)
    assert bare.sections[0].yanked == ""


def test_groups_are_markdown_as_it_stands(changelog: Changelog) -> None:
    assert changelog.unreleased is not None
    assert list(changelog.unreleased.groups) == ["", "Changed", "Fixed"]
    assert changelog.unreleased.groups[""] == "A word in advance."
    assert changelog.unreleased.groups["Changed"].startswith("- **Breaking**")
    assert changelog.unreleased.groups["Changed"].endswith("#### A detail\n\nMore.")
    assert changelog.unreleased.groups["Fixed"] == "* A fault."


def test_items_name_what_is_set_as_code(changelog: Changelog) -> None:
    assert changelog.unreleased is not None
    assert [(each.line, set(each.codes)) for each in changelog.unreleased.items] == [
        (11, {"request-narrowed", "POST /hold"}),
        (13, {"thing", "inner"}),
        (26, set()),
    ]


def test_a_release_is_found_by_its_version(changelog: Changelog) -> None:
    found = changelog.release("1.1.0")
    assert found is not None
    assert found.groups == {"Added": "- More."}
    assert changelog.release("2.0.0") is None


def test_line_ends_of_windows_change_nothing(changelog: Changelog) -> None:
    assert parse_changelog(TEXT.replace("\n", "\r\n"), PLACE).sections == changelog.sections


def test_no_file_is_an_empty_changelog(tmp_path: Path) -> None:
    changelog = read_changelog(tmp_path / "CHANGELOG.md")
    assert changelog.sections == ()
    assert changelog.unreleased is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("## [Unreleased]\n\n### Chnaged\n\n- x\n", "CHANGELOG.md:3: 'Chnaged' is no kind of change"),
        ("## [Unreleased]\n\n## Unreleased\n", "CHANGELOG.md:3: there are two sections for this"),
        ("## [1.0.0] - 2026-01-02\n\n## [1.0.0] - 2026-01-03\n", "CHANGELOG.md:3: there are two sections"),
    ],
    ids=["group", "unreleased", "release"],
)
def test_what_cannot_be_meant_is_said(text: str, said: str) -> None:
    with pytest.raises(SpecloomError, match=said):
        parse_changelog(text, PLACE)


def test_a_file_that_is_no_text_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "CHANGELOG.md").write_bytes(b"\xff")
    with pytest.raises(SpecloomError, match="not UTF-8"):
        read_changelog(tmp_path / "CHANGELOG.md")
    with pytest.raises(SpecloomError, match="cannot be read"):
        read_changelog(tmp_path)
