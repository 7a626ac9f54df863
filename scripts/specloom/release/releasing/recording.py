"""Move branch and tag to a release, and let the working tree follow; or finish what an interrupted run began."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from specloom.release.releasing.journal import Pending, clear_pending, read_pending, write_pending
from specloom.release.repository import Repository
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
    """Bring index and working tree from the commit before to the new one, in what differs between the two.

    It may have been done in part. Raises SpecloomError, before anything is written, for a file that is neither as it
    was nor as it will be.
    """
    differ = ("diff-tree", "-r", "-z", "--no-renames", "--name-only")
    paths = repository.names(*differ, pending.base, pending.commit)
    for path in paths:
        present = _read(repository.root / path)
        if present not in {repository.content(commit, path) for commit in (pending.base, pending.commit)}:
            raise SpecloomError(
                f"this was edited while {pending.title!r} was made, which has a file of this name",
                place=Place(Path(path)),
                remedy=f"put the edit elsewhere, run `git checkout HEAD -- {path}`, then the same command again",
            )
    gone = set(repository.names(*differ, "--diff-filter=D", pending.base, pending.commit))
    repository.restore(pending.commit, [path for path in paths if path not in gone])
    repository.remove(sorted(gone))


def _contains(repository: Repository, pending: Pending) -> bool:
    """Return whether the branch has moved on since it had the commit."""
    head = repository.commit_of(pending.branch)
    return head is not None and repository.is_ancestor(pending.commit, head)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
