"""Bring the package index in line with the releases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import attrs

from specloom.release.changelog import Changelog, parse_changelog
from specloom.release.distributions import metadata_of, wheel_metadata
from specloom.release.index.archives import digest_of, provide
from specloom.release.index.pages import Archive, project_html, project_json, root_html, root_json
from specloom.release.repository import Repository
from specloom.release.tags import Release, releases
from specloom.release.whole import write_whole
from specloom.spec import Place, SpecloomError


@attrs.frozen
class Indexed:
    """What the index holds: its releases, and those of them whose files were built again."""

    releases: tuple[Release, ...]
    built: tuple[Release, ...]


def write_index(repository: Repository, folder: Path) -> Indexed:
    """Make `folder` the index of all releases.

    It is made of the tags alone, and of the changelogs at HEAD, which say what is yanked. Files that are there and are
    what was released stay, all else is made, and what does not belong to it goes. Each file is there whole before a
    page names it, so that it can be interrupted, and served, at any time. Raises SpecloomError when a file cannot be
    made again, or `folder` cannot be written; what was there still serves then.
    """
    found = releases(repository)
    try:
        built = tuple(each for each in found if provide(repository, each, folder / project_name(each.api)))
        kept = set(_write_pages(repository, found, folder))
        _tidy(folder, kept)
    except OSError as error:
        raise SpecloomError(
            f"the index cannot be written: {error.strerror or error}",
            place=Place(folder),
            remedy="make the folder writable, then run `make index`",
        ) from None
    return Indexed(tuple(found), built)


def project_name(api: str) -> str:
    """Return the name of the distribution of an API, which is its normalized name, too (PEP 503)."""
    return f"{api}-client"


def _write_pages(repository: Repository, found: Iterable[Release], folder: Path) -> Iterator[Path]:
    """Write the pages of projects, then those that list them; yield every file of the index."""
    names = []
    for api, group in groupby(found, key=lambda each: each.api):
        names.append(project_name(api))
        changelog = _changelog(repository, api)
        archives = [archive for each in group for archive in _archives(each, changelog, folder / project_name(api))]
        for archive in archives:
            yield folder / names[-1] / archive.name
            if archive.metadata is not None:
                yield folder / names[-1] / f"{archive.name}.metadata"
        yield from _write(folder / names[-1], project_html(names[-1], archives), project_json(names[-1], archives))
    yield from _write(folder, root_html(names), root_json(names))


def _archives(release: Release, changelog: Changelog, folder: Path) -> Iterator[Archive]:
    section = changelog.release(str(release.version))
    wheel = next(name for name in release.digests if name.endswith(".whl"))
    requires = str(wheel_metadata(folder / wheel)["Requires-Python"])
    for name, digest in sorted(release.digests.items()):
        metadata = None
        if name == wheel:
            path = folder / f"{name}.metadata"
            write_whole(path, metadata_of(folder / name))
            metadata = digest_of(path)
        yield Archive(
            name=name,
            version=str(release.version),
            digest=digest,
            size=(folder / name).stat().st_size,
            requires_python=requires,
            metadata=metadata,
            yanked=None if section is None else section.yanked,
            uploaded=release.date.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        )


def _changelog(repository: Repository, api: str) -> Changelog:
    path = f"specs/{api}/CHANGELOG.md"
    content = repository.content("HEAD", path) or b""
    return parse_changelog(content.decode("utf-8", "replace"), Path(path))


def _write(folder: Path, html: str, json: str) -> Iterator[Path]:
    for name, text in (("index.json", json), ("index.html", html)):
        write_whole(folder / name, text.encode())
        yield folder / name


def _tidy(folder: Path, kept: set[Path]) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in kept:
            path.unlink()
