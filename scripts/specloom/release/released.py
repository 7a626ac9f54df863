"""What was released last of an API: its spec, its version and its package."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import attrs

from specloom.generate import generate
from specloom.generate.record import RECORD, files
from specloom.release.compat.client import client_changes
from specloom.release.compat.verdict import Verdict
from specloom.release.compat.wire import wire_changes
from specloom.release.repository import Repository
from specloom.release.spec_version import VERSION
from specloom.release.tags import tag_name
from specloom.release.versions import Version
from specloom.spec import Document, SpecloomError, load
from specloom.spec.equality import equal

RELEASED: Final = "released.yaml"
"""The file beside a spec that is the spec as last released."""


@attrs.frozen
class LastRelease:
    """The last release of an API."""

    api: str
    document: Document
    version: Version

    def package(self, repository: Repository | None, scratch: Path) -> Path:
        """Return a folder in `scratch` with its package.

        It comes from the tag, so that what another generator writes shows, too; where there is no tag, as in a shallow
        clone or outside of a repository, it is generated from the spec.
        """
        tag = f"refs/tags/{tag_name(self.api, self.version)}"
        if repository is not None and repository.commit_of(tag) is not None:
            return repository.export(tag, f"generated/{self.api}", scratch)
        (made,) = generate([self.document.path], scratch)
        return made.path


def last_release(spec: Path) -> LastRelease | None:
    """Return the last release of the API of `spec`, None before the first. Raises SpecloomError."""
    path = spec.with_name(RELEASED)
    if not path.is_file():
        return None
    document = load(path)
    return LastRelease(spec.resolve().parent.name, document, declared_version(document))


def verdict_since(last: LastRelease, document: Document, before: Path, now: Path) -> Verdict:
    """Return what changed since a release: from its spec to `document`, and from its package to the one in `now`."""
    same = equal(last.document.data, document.data) and _same_files(before, now)
    return Verdict(wire_changes(last.document, document), client_changes(before, now), same)


def _same_files(before: Path, now: Path) -> bool:
    """Return whether two packages have the same files; what they were made of does not matter."""
    contents = [
        {name: path.read_bytes() for name, path in files(folder).items() if name != RECORD} for folder in (before, now)
    ]
    return contents[0] == contents[1]


def declared_version(document: Document) -> Version:
    """Return the version that a spec says. Raises SpecloomError when it is none that can be released."""
    try:
        return Version.parse(str(document.at(VERSION)))
    except SpecloomError as error:
        raise document.error(error.message, VERSION, error.remedy) from None
