"""The version that comes next says what changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.release.versions import Bump, Version, next_version
from specloom.spec import SpecloomError

BUMPS: tuple[Bump, ...] = ("patch", "minor", "major")
VERSIONS = st.builds(Version, *[st.integers(min_value=0, max_value=10**6)] * 3)


@pytest.mark.parametrize(
    ("version", "bump", "expected"),
    [
        ("1.2.3", "major", "2.0.0"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3", "patch", "1.2.4"),
        ("0.2.3", "major", "0.3.0"),
        ("0.2.3", "minor", "0.2.4"),
        ("0.2.3", "patch", "0.2.4"),
    ],
)
def test_a_bump_raises_its_part(version: str, bump: Bump, expected: str) -> None:
    assert str(Version.parse(version).bumped(bump)) == expected


@pytest.mark.parametrize("text", ["1.0", "1.0.0-rc.1", "1.0.0+5", "01.0.0", "1.0.0 ", "v1.0.0", "١.0.0", "auto", ""])
def test_what_is_no_release_is_refused(text: str) -> None:
    with pytest.raises(SpecloomError, match="is no version that can be released"):
        Version.parse(text)


@given(version=VERSIONS)
def test_versions_are_written_as_they_are_read(version: Version) -> None:
    assert Version.parse(str(version)) == version


@given(version=VERSIONS, bump=st.sampled_from(BUMPS))
def test_a_bump_is_later_and_a_greater_one_no_earlier(version: Version, bump: Bump) -> None:
    bumped = [version.bumped(each) for each in BUMPS]
    assert version < bumped[0]
    assert bumped == sorted(bumped)
    assert version.bumped(bump) == next_version(version, version, bump)


def test_the_first_release_is_what_the_spec_says_or_what_is_asked_for() -> None:
    assert next_version(None, Version(1, 0, 0), "major") == Version(1, 0, 0)
    assert next_version(None, Version(1, 0, 0), "major", "0.1.0") == Version(0, 1, 0)


@pytest.mark.parametrize(
    ("declared", "bump", "asked", "expected"),
    [
        ("1.1.0", "minor", "auto", "1.2.0"),
        ("2.0.0", "minor", "auto", "2.0.0"),
        ("1.1.1", "minor", "auto", "1.2.0"),
        ("1.0.0", "patch", "auto", "1.1.1"),
        ("1.1.0", "minor", "1.2.0", "1.2.0"),
        ("1.1.0", "minor", "3.0.0", "3.0.0"),
        ("2.0.0", "patch", "1.1.1", "1.1.1"),
    ],
)
def test_a_later_version_says_enough(declared: str, bump: Bump, asked: str, expected: str) -> None:
    found = next_version(Version(1, 1, 0), Version.parse(declared), bump, asked)
    assert str(found) == expected


@pytest.mark.parametrize(("bump", "asked"), [("major", "1.2.0"), ("minor", "1.1.1"), ("patch", "1.1.0")])
def test_a_version_that_says_too_little_is_refused(bump: Bump, asked: str) -> None:
    with pytest.raises(SpecloomError, match=f"{asked} says less than what changed since 1.1.0: a {bump} change"):
        next_version(Version(1, 1, 0), Version(1, 1, 0), bump, asked)
