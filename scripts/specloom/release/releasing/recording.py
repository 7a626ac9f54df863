"""Move branch and tag to a release, and let the working tree follow; or finish what an interrupted run began."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from specloom.release.releasing.journal import Pending, clear_pending, read_pending, write_pending
from specloom.release.repository import Repository
from specloom.release.whole import write_whole
from specloom.spec import Place, SpecloomError

Report = Callable[[str], None]
"""Is told each step before it is taken."""


def record(repository: Repository, pending: Pending, report: Report) -> None:
    """Make a prepared commit, and its tag, part of the repository.

    The references move in one transaction of git, and the working tree follows. A run that is killed before the
    transaction has changed nothing; one that is killed after it is finished by `finish`. The note of it stays until
    `clear_pending`. Raises SpecloomError when the branch has moved, or the tag exists.
    """
    report("note what is about to happen")
    write_pending(repository, pending)
    report("move branch and tag")
    try:
        repository.move(pending.updates, pending.title)
    except SpecloomError:
        clear_pending(repository)
        raise
    report("update the working tree")
    follow(repository, pending)


def finish(repository: Repository, report: Report) -> Pending | None:
    """Finish what an interrupted run began; return it, or None when there is nothing that it had begun."""
    pending = read_pending(repository)
    if pending is None:
        return None
    led = {reference: repository.commit_of(reference) for reference, _, _ in pending.updates}
    begun = [reference for reference, new, _ in pending.updates if led[reference] == new]
    if not begun and not _contains(repository, pending):
        clear_pending(repository)
        return None
    report(f"finish what was interrupted: {pending.title}")
    # Git moves several references as one, but a machine that stops in the middle may leave one of them behind.
    left = [update for update in pending.updates if led[update[0]] == update[2]]
    if left:
        repository.move(left, pending.title)
    if repository.branch() == pending.branch and repository.commit_of("HEAD") == pending.commit:
        follow(repository, pending)
    return pending


def follow(repository: Repository, pending: Pending) -> None:
    """Bring working tree and index from the commit before to the new one, in what differs between the two.

    It may have been done in part. Raises SpecloomError, before anything is written, for a file that is neither as it
    was nor as it will be.
    """
    differ = ("diff-tree", "-r", "-z", "--no-renames", "--name-only")
    paths = repository.names(*differ, pending.base, pending.commit)
    contents = {path: repository.content(pending.commit, path) for path in paths}
    try:
        for path, content in contents.items():
            if _read(repository.root / path) not in {content, repository.content(pending.base, path)}:
                raise SpecloomError(
                    f"this was edited while {pending.title!r} was made, which has a file of this name",
                    place=Place(Path(path)),
                    remedy=f"put the edit elsewhere, run `git checkout HEAD -- {path}`, then the same command again",
                )
        for path, content in contents.items():
            if content is None:
                _remove(repository.root, path)
            else:
                write_whole(repository.root / path, content)
    except OSError as error:
        raise SpecloomError(
            f"the working tree cannot be written: {error.strerror or error}",
            place=Place(repository.root),
            remedy="make it writable, then run the same command again",
        ) from None
    gone = [path for path, content in contents.items() if content is None]
    repository.stage(pending.commit, [path for path in paths if path not in gone], gone)


def _remove(root: Path, path: str) -> None:
    """Remove a file, and the folders that are empty without it."""
    (root / path).unlink(missing_ok=True)
    for folder in Path(path).parents:
        if folder == Path() or not (root / folder).is_dir() or any((root / folder).iterdir()):
            return
        (root / folder).rmdir()


def _contains(repository: Repository, pending: Pending) -> bool:
    """Return whether the branch has moved on since it had the commit."""
    head = repository.commit_of(pending.branch)
    return head is not None and repository.is_ancestor(pending.commit, head)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
