"""Prepare a release aside: its version, its changelog, its spec and its package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import attrs

from specloom.generate import generate
from specloom.generate.naming import names_of
from specloom.generate.record import files as package_files
from specloom.release.changelog import read_changelog
from specloom.release.changelog.entries import change_entries, first_entries, line_entries, merged
from specloom.release.changelog.writing import with_release
from specloom.release.compat.change import Change
from specloom.release.released import RELEASED, LastRelease, declared_version, last_release, verdict_since
from specloom.release.releasing.recording import Report
from specloom.release.repository import Repository
from specloom.release.spec_version import with_version
from specloom.release.versions import Version, next_version
from specloom.spec import Api, Document, Place, SpecloomError, load, load_api
from specloom.spec.lint import lint


@attrs.frozen
class Order:
    """What is to be released: the spec, `auto` or a version, a line of the author for the changelog, and the day."""

    spec: Path
    version: str
    line: str
    day: date

    @property
    def api(self) -> str:
        """The name of the API."""
        return self.spec.resolve().parent.name


@attrs.frozen
class Prepared:
    """A release that is ready to be built: the API as released, the changes since the last one, and its package.

    `files` has the content of each file that is committed, by path, and `removed` those that go.
    """

    api: Api
    previous: Version | None
    version: Version
    changes: tuple[Change, ...]
    package: Path
    files: Mapping[str, bytes] = attrs.field(repr=False)
    removed: Sequence[str]


def prepare(repository: Repository, order: Order, scratch: Path, report: Report) -> Prepared:
    """Prepare a release in the empty folder `scratch`; the repository stays as it is.

    Raises SpecloomError for a spec that breaks a rule, a version that says too little, or when nothing has changed.
    """
    report("check the spec")
    document = _sound(order.spec)
    last = last_release(order.spec)
    declared = declared_version(document)
    report("generate the package")
    (made,) = generate([order.spec], scratch / "declared")
    verdict = None
    if last is not None:
        report(f"compare with {last.version}")
        before = last.package(repository, scratch / "last")
        verdict = verdict_since(last, document, before, made.path)
        if verdict.same and order.version == "auto":
            raise SpecloomError(
                f"nothing has changed since {last.version}",
                place=Place(order.spec),
                remedy="name a version to release it anyway",
            )
    changes = () if verdict is None else verdict.changes
    bump = (verdict and verdict.bump) or "patch"
    version = next_version(None if last is None else last.version, declared, bump, order.version)
    report(f"write {version}")
    spec = scratch / "specs" / order.api / order.spec.name
    spec.parent.mkdir(parents=True)
    spec.write_bytes(with_version(document, order.spec.read_bytes().decode(), str(version)).encode())
    package = made.path if version == declared else generate([spec], scratch / "generated")[0].path
    api = load_api(spec)
    files = {
        f"specs/{order.api}/{order.spec.name}": spec.read_bytes(),
        f"specs/{order.api}/{RELEASED}": spec.read_bytes(),
        f"specs/{order.api}/CHANGELOG.md": _changelog(order, api, last, changes, version).encode(),
        **{f"generated/{order.api}/{name}": path.read_bytes() for name, path in package_files(package).items()},
    }
    removed = [path for path in repository.files("HEAD", f"generated/{order.api}") if path not in files]
    return Prepared(api, None if last is None else last.version, version, changes, package, files, removed)


def _sound(spec: Path) -> Document:
    document = load(spec)
    found = list(lint(document))
    if found:
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        raise document.error(
            f"the spec breaks {found[0].rule}{more}: {found[0].message}", found[0].pointer, found[0].remedy
        )
    return document


def _changelog(order: Order, api: Api, last: LastRelease | None, changes: Sequence[Change], version: Version) -> str:
    changelog = read_changelog(order.spec.with_name("CHANGELOG.md"))
    unreleased = changelog.unreleased
    told = first_entries(api) if last is None else change_entries(changes, unreleased)
    entries = merged(line_entries(order.line), told, unreleased=unreleased)
    return with_release(changelog, names_of(order.spec).distribution, str(version), order.day, entries)
