"""The git repository that releases are made in: what it holds, and how a commit and its tag get into it."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs

from specloom.spec import Place, SpecloomError

# What git sets for its hooks would lead elsewhere (git rev-parse --local-env-vars).
_LEADING_ELSEWHERE: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX")


@attrs.frozen
class Repository:
    """A repository with a working tree at `root`."""

    root: Path

    @classmethod
    def at(cls, folder: Path) -> Repository:
        """Return the repository whose working tree `folder` is. Raises SpecloomError when it is not the top of one."""
        folder = folder.resolve()
        try:
            top = cls(folder).text("rev-parse", "--show-toplevel")
        except SpecloomError:
            raise SpecloomError(
                "this is no git repository", place=Place(folder), remedy="releases are commits and tags: run `git init`"
            ) from None
        if Path(top).resolve() != folder:
            raise SpecloomError("this is not the top of the repository", place=Place(folder), remedy=f"run it in {top}")
        return cls(folder)

    def git(self, *arguments: str, given: bytes = b"", index: Path | None = None) -> bytes:
        """Run git and return its output. Raises SpecloomError with what git says."""
        environment = {name: value for name, value in os.environ.items() if name not in _LEADING_ELSEWHERE}
        environment |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_LITERAL_PATHSPECS": "1"}
        if index is not None:
            environment["GIT_INDEX_FILE"] = str(index)
        try:
            done = subprocess.run(  # noqa: S603 - git, with arguments that are ours
                ["git", *arguments],  # noqa: S607 - where it is, is for the user to say
                cwd=self.root,
                env=environment,
                input=given,
                capture_output=True,
                check=False,
            )
        except OSError as error:
            raise SpecloomError(f"git cannot be run: {error.strerror}", remedy="install git") from None
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip() or f"it ended with {done.returncode}"
            raise SpecloomError(f"git {arguments[0]}: {said}", place=Place(self.root))
        return done.stdout

    def text(self, *arguments: str, given: str = "") -> str:
        """Run git and return its output as text without the last line end."""
        return self.git(*arguments, given=given.encode()).decode("utf-8", "surrogateescape").rstrip("\n")

    def names(self, *arguments: str) -> list[str]:
        """Run a command of git that ends each name with NUL; return the names."""
        return [name for name in os.fsdecode(self.git(*arguments)).split("\0") if name]

    def commit_of(self, revision: str) -> str | None:
        """Return the object of a revision or reference, None when there is none."""
        try:
            return self.text("rev-parse", "--verify", "--quiet", "--end-of-options", revision)
        except SpecloomError:
            return None

    def branch(self) -> str | None:
        """Return the reference that is checked out, such as refs/heads/main; None for a detached HEAD."""
        try:
            return self.text("symbolic-ref", "--quiet", "HEAD")
        except SpecloomError:
            return None

    def changed(self) -> list[str]:
        """Return the paths that differ from HEAD or are not tracked, ignored ones aside."""
        return [
            line[3:] for line in self.names("status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all")
        ]

    def own(self, name: str) -> Path:
        """Return the path of a file among git's own of this working tree, which git never touches."""
        return self.root / self.text("rev-parse", "--git-path", name)

    def shared(self, name: str) -> Path:
        """Return the path of a file among git's own that all working trees of this repository share."""
        return self.root / self.text("rev-parse", "--git-common-dir") / name

    def content(self, revision: str, path: str) -> bytes | None:
        """Return the content of a file at a revision, None when there is none."""
        try:
            return self.git("cat-file", "blob", f"{revision}:{path}")
        except SpecloomError:
            return None

    def files(self, revision: str, folder: str) -> list[str]:
        """Return the paths of all files below a folder at a revision."""
        return self.names("ls-tree", "-r", "-z", "--name-only", revision, "--", f"{folder}/")

    def export(self, revision: str, folder: str, target: Path) -> Path:
        """Write the files below a folder at a revision into `target`; return where that folder is now."""
        for path in self.files(revision, folder):
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(self.git("cat-file", "blob", f"{revision}:{path}"))
        return target / folder

    def commit(self, parent: str, message: str, files: Mapping[str, bytes], removed: Iterable[str] = ()) -> str:
        """Make a commit on `parent` that holds `files`, and no longer those `removed`; return its name.

        No branch, no index and no working tree changes.
        """
        with tempfile.TemporaryDirectory(prefix="specloom-") as folder:
            index = Path(folder) / "index"
            self.git("read-tree", parent, index=index)
            self.git("update-index", "-z", "--force-remove", "--stdin", given=_listed(removed), index=index)
            lines = [f"100644 {self._blob(content)}\t{path}" for path, content in files.items()]
            self.git("update-index", "-z", "--index-info", given=_listed(lines), index=index)
            tree = self.git("write-tree", index=index).decode().strip()
        sign = ["-S"] if self._is_set("commit.gpgSign") else []
        return self.text("commit-tree", *sign, "-p", parent, tree, given=message)

    def tag(self, name: str, commit: str, message: str) -> str:
        """Make an annotated tag without a reference that leads to it; return its name."""
        tagger = self.text("var", "GIT_COMMITTER_IDENT")
        return self.text("mktag", given=f"object {commit}\ntype commit\ntag {name}\ntagger {tagger}\n\n{message}")

    def move(self, updates: Sequence[tuple[str, str, str | None]], reason: str) -> None:
        """Let references lead to new objects, all or none: (reference, new, old), where None says it is not there yet.

        Raises SpecloomError when one of them does not lead to its old object any more.
        """
        lines = [
            f"create {reference}\0{new}\0" if old is None else f"update {reference}\0{new}\0{old}\0"
            for reference, new, old in updates
        ]
        self.git("update-ref", "-m", reason, "-z", "--stdin", given="".join(lines).encode())

    def is_ancestor(self, commit: str, descendant: str) -> bool:
        """Return whether `commit` is `descendant` or part of its history."""
        try:
            self.git("merge-base", "--is-ancestor", commit, descendant)
        except SpecloomError:
            return False
        return True

    def stage(self, commit: str, paths: Sequence[str], removed: Sequence[str]) -> None:
        """Let the index have these files of a commit, and no longer those removed; the working tree stays."""
        self.git("update-index", "-z", "--force-remove", "--stdin", given=_listed(removed))
        if paths:
            self.git("update-index", "-z", "--index-info", given=self.git("ls-tree", "-r", "-z", commit, "--", *paths))
        self.changed()  # so that git looks at the files once, and knows that they are what the index says

    def _blob(self, content: bytes) -> str:
        return self.git("hash-object", "-w", "--no-filters", "--stdin", given=content).decode().strip()

    def _is_set(self, setting: str) -> bool:
        return self.text("config", "--type=bool", "--default=false", "--get", setting) == "true"


def _listed(lines: Iterable[str]) -> bytes:
    """Return lines as the commands of git read them that end each with NUL."""
    return b"".join(os.fsencode(line) + b"\0" for line in lines)
