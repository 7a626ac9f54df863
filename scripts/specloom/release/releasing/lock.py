"""Let one release at a time change a repository."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from specloom.release.repository import Repository
from specloom.spec import Place, SpecloomError


@contextmanager
def locked(repository: Repository) -> Iterator[None]:
    """Hold the lock of all working trees of the repository; it is free again when the process ends, however that is.

    Raises SpecloomError when another process has it.
    """
    path = repository.shared("specloom-release.lock")
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SpecloomError(
                "another release is being made", place=Place(path), remedy="wait until it is done"
            ) from None
        yield
