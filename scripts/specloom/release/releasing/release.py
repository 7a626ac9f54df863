"""Make, finish, yank and publish releases, one at a time."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import attrs

from specloom.generate.naming import names_of
from specloom.release.changelog import read_changelog
from specloom.release.changelog.writing import with_yank
from specloom.release.index import Indexed, write_index
from specloom.release.index.archives import build_archives, digest_of
from specloom.release.releasing.journal import Pending, clear_pending
from specloom.release.releasing.lock import locked
from specloom.release.releasing.preparing import Order, Prepared, prepare
from specloom.release.releasing.recording import Report, finish, record
from specloom.release.repository import Repository
from specloom.release.tags import tag_message, tag_name
from specloom.release.trial import Tried
from specloom.release.versions import Version
from specloom.spec import Api, Place, SpecloomError


@attrs.frozen
class Workshop:
    """What releases are made with: the repository, the folder of the index, and what tries a wheel.

    `try_out` installs and uses it, and raises SpecloomError when it does not work. `shielded` holds back Ctrl-C while
    the repository changes; `report` is told each step before it is taken.
    """

    repository: Repository
    index: Path
    try_out: Callable[[Path, Api], Tried]
    shielded: Callable[[], AbstractContextManager[None]]
    report: Report


@attrs.frozen
class Outcome:
    """What a release came to: what was prepared and how it was tried; for one that was only finished, just `title`."""

    title: str
    prepared: Prepared | None = None
    tried: Tried | None = None


def release(workshop: Workshop, order: Order) -> Outcome:
    """Release a package: build and try it, then commit, tag and publish it.

    A release that was interrupted is finished first, and is all that is done if it was one of the same API. Raises
    SpecloomError when the tree is not clean, the spec is not sound, the package fails its trial, or another release is
    being made; nothing has changed then. Once branch and tag have moved, an error leaves what the next run finishes.
    """
    _check_place(workshop.repository, order.spec)
    distribution = names_of(order.spec).distribution
    with _exclusive(workshop) as finished:
        if finished is not None and finished.title.startswith(f"Release {distribution} "):
            return Outcome(finished.title.removeprefix("Release "))
        branch, base = _ready(workshop.repository)
        with tempfile.TemporaryDirectory(prefix="specloom-") as folder:
            prepared = prepare(workshop.repository, order, Path(folder), workshop.report)
            tag = tag_name(order.api, prepared.version)
            _check_new(workshop.repository, tag)
            workshop.report("build wheel and source distribution")
            built = build_archives(prepared.package, Path(folder, "dist"))
            workshop.report("try the wheel in an empty environment, against the sandbox")
            wheel = next(path for name, path in built.items() if name.endswith(".whl"))
            tried = workshop.try_out(wheel, prepared.api)
            digests = {name: digest_of(path) for name, path in built.items()}
        title = f"{distribution} {prepared.version}"
        workshop.report("prepare commit and tag")
        commit = workshop.repository.commit(base, f"Release {title}\n", prepared.files, prepared.removed)
        tag_object = workshop.repository.tag(tag, commit, tag_message(title, digests))
        _record(workshop, Pending(f"Release {title}", branch, base, commit, tag, tag_object))
        return Outcome(title, prepared, tried)


def yank(workshop: Workshop, spec: Path, version: Version, reason: str) -> str:
    """Mark a release as one that must not be chosen any more, in its changelog and in the index; return its title.

    Raises SpecloomError as `release` does.
    """
    _check_place(workshop.repository, spec)
    with _exclusive(workshop):
        branch, base = _ready(workshop.repository)
        path = spec.with_name("CHANGELOG.md")
        text = with_yank(read_changelog(path), str(version), reason)
        names = names_of(spec)
        title = f"{names.distribution} {version}"
        files = {f"specs/{names.api}/{path.name}": text.encode()}
        commit = workshop.repository.commit(base, f"Yank {title}\n\n{reason}\n", files)
        _record(workshop, Pending(f"Yank {title}", branch, base, commit))
        return title


def publish(workshop: Workshop) -> Indexed:
    """Make the index anew from the tags, and finish what was interrupted. Raises SpecloomError."""
    with _exclusive(workshop):
        return write_index(workshop.repository, workshop.index)


@contextmanager
def _exclusive(workshop: Workshop) -> Iterator[Pending | None]:
    """Keep other releases out; finish, publish and give what was interrupted."""
    with locked(workshop.repository):
        with workshop.shielded():
            finished = finish(workshop.repository, workshop.report)
        if finished is not None:
            _publish(workshop)
        yield finished


def _record(workshop: Workshop, pending: Pending) -> None:
    if _ready(workshop.repository) != (pending.branch, pending.base):
        raise SpecloomError(
            "the branch has moved while the release was prepared; nothing was released",
            place=Place(workshop.repository.root),
            remedy="run the same command again",
        )
    with workshop.shielded():
        record(workshop.repository, pending, workshop.report)
    _publish(workshop)


def _publish(workshop: Workshop) -> None:
    workshop.report("publish in the index")
    write_index(workshop.repository, workshop.index)
    clear_pending(workshop.repository)


def _ready(repository: Repository) -> tuple[str, str]:
    """Return branch and commit that are checked out. Raises SpecloomError when a release cannot be made of them."""
    branch, head = repository.branch(), repository.commit_of("HEAD")
    if branch is None or head is None:
        raise SpecloomError(
            "no commit of a branch is checked out", place=Place(repository.root), remedy="check out a branch"
        )
    changed = repository.changed()
    if changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        raise SpecloomError(
            f"not committed{more}: a release is made of what is committed",
            place=Place(Path(changed[0])),
            remedy="commit it, or put it elsewhere",
        )
    return branch, head


def _check_place(repository: Repository, spec: Path) -> None:
    """Raise SpecloomError for a spec that is not in its folder of the repository, where releases write."""
    if spec.resolve().parent.parent != repository.root / "specs":
        raise SpecloomError(
            "this spec is not part of the repository", place=Place(spec), remedy="release from specs/<api>/openapi.yaml"
        )


def _check_new(repository: Repository, tag: str) -> None:
    if repository.commit_of(f"refs/tags/{tag}") is not None:
        raise SpecloomError(f"the tag {tag} exists already", remedy="name a later version")
