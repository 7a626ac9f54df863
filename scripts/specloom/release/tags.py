"""The tags of releases: `<api>-vX.Y.Z`, whose message says which files were released, by name and SHA-256."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

import attrs

from specloom.release.repository import Repository
from specloom.release.versions import Version
from specloom.spec import SpecloomError

_NAME: Final = re.compile(r"(?P<api>[a-z][a-z0-9-]*)-v(?P<version>[0-9]+\.[0-9]+\.[0-9]+)", re.ASCII)
_LINE: Final = re.compile(r"^(?P<digest>[0-9a-f]{64})  (?P<file>[A-Za-z0-9_.+-]+)$", re.MULTILINE)


@attrs.frozen
class Release:
    """A release: its tag, when it was made, and the SHA-256 of its files by name."""

    api: str
    version: Version
    date: datetime
    digests: Mapping[str, str]

    @property
    def tag(self) -> str:
        """The name of its tag."""
        return tag_name(self.api, self.version)


def tag_name(api: str, version: Version) -> str:
    """Return the name of the tag of a release."""
    return f"{api}-v{version}"


def tag_message(title: str, digests: Mapping[str, str]) -> str:
    """Return the message of a tag: below the title lines as `sha256sum --check` reads them."""
    return "\n".join([title, "", *(f"{digest}  {name}" for name, digest in sorted(digests.items())), ""])


def releases(repository: Repository) -> list[Release]:
    """Return all releases, by API and version. Raises SpecloomError for a tag that is called so and is none."""
    form = "%(refname:lstrip=2)%00%(creatordate:unix)%00%(contents)%00%00"
    found = []
    for record in repository.text("for-each-ref", f"--format={form}", "refs/tags").split("\0\0\n"):
        name, _, rest = record.partition("\0")
        date, _, message = rest.partition("\0")
        matched = _NAME.fullmatch(name)
        if matched is None:
            continue
        digests = {line["file"]: line["digest"] for line in _LINE.finditer(message)}
        if not digests:
            raise SpecloomError(
                f"the tag {name} does not say which files were released", remedy="remove it; `make release` makes tags"
            )
        made = datetime.fromtimestamp(int(date), UTC)
        found.append(Release(matched["api"], Version.parse(matched["version"]), made, digests))
    return sorted(found, key=lambda each: (each.api, each.version))
