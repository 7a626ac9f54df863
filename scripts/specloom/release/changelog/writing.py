"""Write releases into a changelog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from specloom.release.changelog.reading import GROUPS, Changelog, parse_changelog
from specloom.spec import Place, SpecloomError

HEAD: Final = """\
# Changelog

What changed for those who use `{distribution}`. The format is that of
[Keep a Changelog](https://keepachangelog.com/en/1.1.0/), the versions are those of
[Semantic Versioning](https://semver.org/spec/v2.0.0.html).
"""


def with_release(
    changelog: Changelog, distribution: str, version: str, day: date, entries: Mapping[str, Sequence[str]]
) -> str:
    """Return the text of the changelog with a new release on top, which takes over what is not released yet.

    `entries` are the items to add, by kind of change (`GROUPS`). All else of the text stays as it is. Raises
    SpecloomError when the text is such that the release would not be read in it.
    """
    unreleased = changelog.unreleased
    taken = {} if unreleased is None else unreleased.groups
    section = ["## [Unreleased]", "", f"## [{version}] - {day.isoformat()}", ""]
    if "" in taken:
        section += [taken[""], ""]
    for name in GROUPS:
        # Items follow those that are there without a gap, or they were a list of their own.
        body = "\n".join([*filter(None, [taken.get(name)]), *(f"- {entry}" for entry in entries.get(name, ()))])
        if body:
            section += [f"### {name}", "", body, ""]
    text = _insert(changelog, HEAD.format(distribution=distribution), section)
    release = parse_changelog(text, changelog.path).release(version)
    if release is None or any(name not in release.groups for name in entries):
        raise SpecloomError(
            "a release cannot be written into this changelog",
            place=Place(changelog.path),
            remedy="close what is open at its end, such as a block of code",
        )
    return text


def with_yank(changelog: Changelog, version: str, reason: str) -> str:
    """Return the text of the changelog with a release marked as yanked. Raises SpecloomError."""
    section = changelog.release(version)
    if section is None or section.date is None:
        raise SpecloomError(
            f"there is no release {version}", place=Place(changelog.path), remedy="name one that has a date"
        )
    lines = list(changelog.lines)
    lines[section.lines[0]] = f"## [{version}] - {section.date} [YANKED] {' '.join(reason.split())}".rstrip()
    return changelog.newline.join(lines)


def _insert(changelog: Changelog, head: str, section: Sequence[str]) -> str:
    """Put a section in the place of what is not released yet; without it before the newest release, or last."""
    lines: Sequence[str] = changelog.lines
    if changelog.unreleased is not None:
        first, last = changelog.unreleased.lines
    elif changelog.sections:
        first = last = changelog.sections[0].lines[0]
    else:
        lines = lines if any(lines) else head.splitlines()
        first = last = len(lines)
    parts = ["\n".join(each).strip("\n") for each in (lines[:first], section, lines[last:])]
    return "\n\n".join(filter(None, parts)).replace("\n", changelog.newline) + changelog.newline
