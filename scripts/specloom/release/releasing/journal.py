"""Note what is about to be recorded in git, so that the next run can finish it."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Final

import attrs

from specloom.release.repository import Repository
from specloom.spec import Place, SpecloomError

_NAME: Final = "specloom-release.json"


@attrs.frozen
class Pending:
    """A commit that a branch is about to move to, from the commit `base`, and a tag that comes with it.

    `title` says what it is; `tag` and `tag_object` are None where no tag comes.
    """

    title: str
    branch: str
    base: str
    commit: str
    tag: str | None = None
    tag_object: str | None = None

    @property
    def updates(self) -> Sequence[tuple[str, str, str | None]]:
        """The references that move: name, new object, old object."""
        moved: list[tuple[str, str, str | None]] = [(self.branch, self.commit, self.base)]
        if self.tag is not None and self.tag_object is not None:
            moved.append((f"refs/tags/{self.tag}", self.tag_object, None))
        return moved


def write_pending(repository: Repository, pending: Pending) -> None:
    """Note what is about to happen; the note is on the disk, whole, on return."""
    path = repository.own(_NAME)
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        json.dump(attrs.asdict(pending), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def read_pending(repository: Repository) -> Pending | None:
    """Return what was about to happen when a run ended before its end. Raises SpecloomError."""
    path = repository.own(_NAME)
    try:
        return Pending(**json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError):
        raise SpecloomError(
            "the note of an interrupted release cannot be read",
            place=Place(path),
            remedy="see with `git log` and `git tag` whether it was made, then remove the note",
        ) from None


def clear_pending(repository: Repository) -> None:
    """Forget what was noted: it is done, or was never begun."""
    repository.own(_NAME).unlink(missing_ok=True)
