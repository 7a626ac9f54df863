"""Repositories with a spec, and releases of it, made without a trial."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from pathlib import Path

from specloom.release.releasing import Order, Workshop
from specloom.release.repository import Repository
from specloom.release.trial import Tried
from specloom.spec import Api

PARCEL = Path(__file__).parent.parent / "spec/parcel.yaml"
DAY = date(2026, 1, 2)
ADDITIVE = (
    "      requestBody:\n",
    """\
        - {name: quiet, in: query, description: No mail., schema: {type: boolean}, examples: {one: {value: true}}}
      requestBody:
""",
)
"""An edit that lets clients say more."""
BREAKING = (ADDITIVE[0], ADDITIVE[1].replace("in: query", "in: query, required: true"))
"""An edit after which what clients say is not enough."""
WORDS = ("description: Keeps", "description: We keep")
"""An edit that says the same in other words."""


def git(folder: Path, *arguments: str) -> str:
    """Run git and return its output."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.rstrip("\n")


def new_repository(folder: Path, spec: Path = PARCEL, name: str = "parcels") -> Path:
    """Make a repository in `folder` that holds a spec as `specs/<name>/openapi.yaml`."""
    (folder / "specs" / name).mkdir(parents=True)
    (folder / "specs" / name / "openapi.yaml").write_bytes(spec.read_bytes())
    (folder / ".gitignore").write_text("/dist/\n")
    git(folder, "init", "--quiet", "--initial-branch=main")
    for key, value in {"user.name": "A Tester", "user.email": "tester@example.com", "commit.gpgSign": "false"}.items():
        git(folder, "config", key, value)
    commit(folder, "Start")
    return folder


def commit(folder: Path, message: str) -> str:
    """Commit all that there is; return the commit."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(folder, "rev-parse", "HEAD")


def edit(folder: Path, *changes: tuple[str, str], name: str = "parcels") -> None:
    """Replace texts of the spec, each of which stands there, and commit it."""
    path = folder / "specs" / name / "openapi.yaml"
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    commit(folder, "Edit")


def order(folder: Path, version: str = "auto", line: str = "", name: str = "parcels") -> Order:
    """Return what is to be released."""
    return Order(folder / "specs" / name / "openapi.yaml", version, line, DAY)


def workshop(folder: Path, report: Callable[[str], None] = lambda _: None) -> Workshop:
    """Return a workshop whose wheels pass any trial."""
    return Workshop(Repository.at(folder), folder / "dist/simple", _pass, nullcontext, report)


def _pass(wheel: Path, api: Api) -> Tried:
    assert wheel.is_file()
    assert api.operations
    return Tried(0, 0, 0)
