"""The gate of continuous integration: a spec says by its version, and in its changelog, what breaks."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import attrs

from specloom.generate import generate
from specloom.release.changelog import Changelog, read_changelog
from specloom.release.changelog.entries import change_entry, is_acknowledged
from specloom.release.compat.change import Change, Severity
from specloom.release.compat.verdict import Verdict
from specloom.release.released import declared_version, last_release, verdict_since
from specloom.release.repository import Repository
from specloom.release.spec_version import VERSION
from specloom.release.versions import Version
from specloom.spec import Document, Place, load
from specloom.spec.equality import equal


@attrs.frozen
class Problem:
    """What is missing: where to write something, why, and the text to write."""

    place: Place
    message: str
    write: str


@attrs.frozen
class Gated:
    """What the gate says of an API: its last release, None before the first, what changed since, what is missing."""

    api: str
    released: Version | None
    declared: Version
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


def gate(spec: Path, repository: Repository | None) -> Gated:
    """Return what is missing for the changes of a spec since its last release to be announced.

    `repository` has the tag of that release; without it the package is generated from released.yaml. Raises
    SpecloomError when one of the files cannot be used.
    """
    document, last = load(spec), last_release(spec)
    declared = declared_version(document)
    if last is None:
        return Gated(spec.resolve().parent.name, None, declared, (), ())
    changelog = read_changelog(spec.with_name("CHANGELOG.md"))
    verdict = Verdict((), (), same=True)
    if not equal(document.data, last.document.data):
        with tempfile.TemporaryDirectory(prefix="specloom-") as folder:
            (made,) = generate([spec], Path(folder, "now"))
            before = last.package(repository, Path(folder, "last"))
            verdict = verdict_since(last, document, before, made.path)
    problems = missing(document, last.version, verdict, changelog)
    return Gated(last.api, last.version, declared, verdict.changes, problems)


def missing(document: Document, released: Version, verdict: Verdict, changelog: Changelog) -> tuple[Problem, ...]:
    """Return what is missing for the changes since a release to be announced.

    A break needs a version that says so, and an item below Unreleased in the changelog that has the id of its rule as
    code; what is new needs a version that says so.
    """
    return (*_version_problems(document, released, verdict), *_announcement_problems(changelog, verdict))


def _version_problems(document: Document, released: Version, verdict: Verdict) -> Iterator[Problem]:
    declared = declared_version(document)
    least = released.bumped(verdict.bump) if verdict.bump in {"major", "minor"} else released
    if declared < least:
        why = {"major": "something breaks", "minor": "something is new"}.get(verdict.bump or "", "it is an older one")
        message = f"{declared} says less than what changed since {released}: {why}"
        yield Problem(document.place(VERSION), message, f"version: {least}")


def _announcement_problems(changelog: Changelog, verdict: Verdict) -> Iterator[Problem]:
    unreleased = changelog.unreleased
    place = Place(changelog.path, None if unreleased is None else unreleased.lines[0] + 1)
    for change in verdict.changes:
        if change.severity is Severity.BREAKING and not is_acknowledged(change, unreleased):
            message = f"this breaks clients and is not announced below `## [Unreleased]`: {change.message}"
            yield Problem(place, message, f"- {change_entry(change)}")
