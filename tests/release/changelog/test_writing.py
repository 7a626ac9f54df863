"""A release takes over what is not released yet, and leaves the rest of a changelog as it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from specloom.release.changelog import parse_changelog
from specloom.release.changelog.reading import GROUPS
from specloom.release.changelog.writing import with_release, with_yank
from specloom.spec import SpecloomError

PLACE = Path("CHANGELOG.md")
DAY = date(2026, 1, 2)
OLD = "## [1.0.0] - 2025-12-01\n\n### Added\n\n- All.\n"
LINKS = "[1.0.0]: https://example.com/1.0.0\n"


def _release(text: str, entries: dict[str, list[str]], version: str = "1.1.0") -> str:
    return with_release(parse_changelog(text, PLACE), "parcels-client", version, DAY, entries)


def test_the_first_release_makes_the_file() -> None:
    text = _release("", {"Added": ["Hold a parcel."]}, "1.0.0")
    assert text.startswith("# Changelog\n\nWhat changed for those who use `parcels-client`.")
    assert text.endswith("\n\n## [Unreleased]\n\n## [1.0.0] - 2026-01-02\n\n### Added\n\n- Hold a parcel.\n")


def test_what_is_not_released_yet_is_taken_over() -> None:
    text = f"# Ours\n\n## [Unreleased]\n\nRead this.\n\n### Fixed\n\n- A fault.\n\n{OLD}\n{LINKS}"
    assert _release(text, {"Added": ["More."], "Fixed": ["Another."]}) == (
        "# Ours\n\n## [Unreleased]\n\n## [1.1.0] - 2026-01-02\n\nRead this.\n\n### Added\n\n- More.\n\n"
        f"### Fixed\n\n- A fault.\n- Another.\n\n{OLD}\n{LINKS}"
    )


def test_without_such_a_section_the_release_goes_before_the_newest() -> None:
    text = _release(f"# Ours\n\n{OLD}", {"Added": ["More."]})
    assert text == f"# Ours\n\n## [Unreleased]\n\n## [1.1.0] - 2026-01-02\n\n### Added\n\n- More.\n\n{OLD}"


def test_links_at_the_end_stay_at_the_end() -> None:
    text = _release(f"# Ours\n\n## [Unreleased]\n\n### Fixed\n\n- A fault.\n\n{LINKS}", {})
    assert text.endswith(f"### Fixed\n\n- A fault.\n\n{LINKS}")


def test_line_ends_stay() -> None:
    text = _release(f"# Ours\n\n{OLD}".replace("\n", "\r\n"), {"Added": ["More."]})
    assert "\n" not in text.replace("\r\n", "")


def test_a_yank_marks_the_heading() -> None:
    text = with_yank(parse_changelog(f"# Ours\n\n{OLD}", PLACE), "1.0.0", "It loses\nanswers")
    assert text == f"# Ours\n\n{OLD}".replace("2025-12-01", "2025-12-01 [YANKED] It loses answers")
    assert with_yank(parse_changelog(text, PLACE), "1.0.0", "") == f"# Ours\n\n{OLD}".replace(
        "2025-12-01", "2025-12-01 [YANKED]"
    )


def test_what_was_not_released_cannot_be_yanked() -> None:
    with pytest.raises(SpecloomError, match=r"there is no release 2\.0\.0"):
        with_yank(parse_changelog(OLD, PLACE), "2.0.0", "wrong")


_LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["", "## [Unreleased]", OLD, LINKS, "- item", "  more", "```", "# Head", "### Fixed", "> ## quoted", "\x85"]
        ),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=20),
    ),
    max_size=12,
).map("\n".join)


@given(text=_LINES, group=st.sampled_from(GROUPS))
def test_any_changelog_keeps_what_it_has(text: str, group: str) -> None:
    try:
        before = parse_changelog(text, PLACE)
        assume(before.release("1.1.0") is None)
        after = parse_changelog(_release(text, {group: ["News."]}), PLACE)
    except SpecloomError:
        reject()
    new = after.release("1.1.0")
    assert new is not None
    assert new.groups[group].endswith("- News.")
    assert set(filter(str.strip, before.lines)) - {line for line in before.lines if line.startswith("#")} <= set(
        after.lines
    )
    released = {each.version for each in before.sections}
    assert {each.version for each in after.sections} == {None, "1.1.0", *released}
