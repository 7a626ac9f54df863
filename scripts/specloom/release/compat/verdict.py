"""The verdict on a revised spec: what it means on the wire, and for code that imports the package."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Literal

import attrs

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.sources import read_source
from specloom.release.compat.wire import wire_changes
from specloom.spec import Document, SpecloomError
from specloom.spec.equality import equal

_BUMPS: Final[dict[Severity, Literal["major", "minor", "patch"]]] = {
    Severity.BREAKING: "major",
    Severity.ADDITIVE: "minor",
    Severity.NONE: "patch",
}


@attrs.frozen
class Verdict:
    """What changed from a spec to its revision.

    `client` is None when it was not asked for, or when `problem` says why no packages could be made of the specs.
    `same` says that the two documents do not differ at all, their versions aside.
    """

    wire: tuple[Change, ...]
    client: tuple[Change, ...] | None
    same: bool
    problem: SpecloomError | None = None

    @property
    def changes(self) -> tuple[Change, ...]:
        """The findings of both verdicts."""
        return (*self.wire, *(self.client or ()))

    @property
    def severity(self) -> Severity:
        """The highest severity of all findings."""
        return max((each.severity for each in self.changes), default=Severity.NONE)

    @property
    def bump(self) -> Literal["major", "minor", "patch"] | None:
        """The part of the version to raise (semver.org, items 6 to 8); None when nothing changed."""
        return None if self.same else _BUMPS[self.severity]


def compare(base: Path | str, revision: Path | str, *, wire_only: bool = False) -> Verdict:
    """Compare two specs: files, folders of APIs, or files of git revisions (see `sources.read_source`).

    For the client verdict both packages are generated into a temporary folder. Raises SpecloomError when a spec cannot
    be read or compared.
    """
    return judge(read_source(str(base)), read_source(str(revision)), wire_only=wire_only)


def judge(base: Document, revision: Document, *, wire_only: bool = False) -> Verdict:
    """Compare two documents that `sources.check_comparable` found nothing wrong with."""
    same = equal(_without_version(base), _without_version(revision))
    wire = wire_changes(base, revision)
    if wire_only:
        return Verdict(wire, None, same)
    if same:
        return Verdict(wire, (), same)
    # What makes packages takes a second to import, and is not needed for the wire.
    from specloom.release.compat.client.specs import spec_changes  # noqa: PLC0415

    try:
        return Verdict(wire, spec_changes(base, revision), same)
    except SpecloomError as error:
        return Verdict(wire, None, same, error)


def _without_version(document: Document) -> Any:
    info = document.data.get("info")
    if not isinstance(info, dict):
        return document.data
    return {**document.data, "info": {key: value for key, value in info.items() if key != "version"}}
