"""A release that is killed has not happened, or the next run finishes it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.release.repositories import WORDS, commit, edit, git, new_repository, order, workshop

from specloom.release.releasing import publish, release, yank
from specloom.release.releasing.journal import Pending, write_pending
from specloom.release.repository import Repository
from specloom.release.versions import Version
from specloom.spec import SpecloomError

BEFORE = (
    "check the spec",
    "generate the package",
    "write 1.0.0",
    "build wheel and source distribution",
    "try the wheel in an empty environment, against the sandbox",
    "prepare commit and tag",
    "note what is about to happen",
    "move branch and tag",
)
AFTER = ("update the working tree", "publish in the index")
KILLED = """
import os, signal, sys
from pathlib import Path
from specloom.release.releasing import release
from tests.release.repositories import order, workshop

def report(step):
    print(step, flush=True)
    if step == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

folder = Path(sys.argv[1])
release(workshop(folder, report), order(folder))
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a release that nothing interrupted."""
    folder = new_repository(tmp_path_factory.mktemp("whole"))
    release(workshop(folder), order(folder))
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """The same repository as it was before."""
    folder = tmp_path / "folder"
    git(tmp_path, "clone", "--quiet", "--no-tags", str(whole), str(folder))
    git(folder, "reset", "--quiet", "--hard", "HEAD~1")
    for key in ("user.name", "user.email"):
        git(folder, "config", key, "tester@example.com")
    return folder


def state(folder: Path) -> tuple[str, ...]:
    """Return what a release changes, but for the names of commits, which have times in them."""
    notes = [path.name for path in (folder / ".git").glob("specloom-*") if path.suffix != ".lock"]
    listed = ("log", "--format=%s %T"), ("tag", "--list", "--format=%(refname) %(contents)"), ("status", "--porcelain")
    return (*(git(folder, *each) for each in listed), *notes, *_files(folder / "dist"))


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def _kill(folder: Path, step: str) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", KILLED, str(folder), step]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == -9, done.stderr
    assert done.stdout.splitlines()[-1] == step


def test_the_steps_are_those(folder: Path) -> None:
    steps: list[str] = []
    release(workshop(folder, steps.append), order(folder))
    assert tuple(steps) == BEFORE + AFTER


@pytest.mark.parametrize("step", BEFORE)
def test_killed_before_branch_and_tag_move_it_has_not_happened(folder: Path, whole: Path, step: str) -> None:
    before = state(folder)
    _kill(folder, step)
    if step == BEFORE[-1]:  # the note is there, of what did not happen
        (folder / ".git/specloom-release.json").rename(folder / ".git/specloom-note")
        assert state(folder)[:3] == before[:3]
        (folder / ".git/specloom-note").rename(folder / ".git/specloom-release.json")
    else:
        assert state(folder) == before
    release(workshop(folder), order(folder))
    assert state(folder) == state(whole)


@pytest.mark.parametrize("step", AFTER)
@pytest.mark.parametrize("how", ["release", "index"])
def test_killed_after_that_the_next_run_finishes_it(folder: Path, whole: Path, step: str, how: str) -> None:
    _kill(folder, step)
    assert git(folder, "log", "-1", "--format=%s") == "Release parcels-client 1.0.0"
    assert git(folder, "tag") == "parcels-v1.0.0"
    if how == "release":
        assert release(workshop(folder), order(folder)).title == "parcels-client 1.0.0"
    else:
        publish(workshop(folder))
    assert state(folder) == state(whole)


@pytest.mark.parametrize("moved", ["branch", "tag"])
def test_a_machine_that_stops_between_branch_and_tag_is_no_harm(folder: Path, whole: Path, moved: str) -> None:
    pending = _pending(folder, whole)
    write_pending(Repository.at(folder), pending)
    (update,) = [
        each for each in pending.updates if each[0].startswith(f"refs/{moved}s" if moved == "tag" else "refs/heads")
    ]
    Repository.at(folder).move([update], "stopped")
    publish(workshop(folder))
    assert state(folder) == state(whole)


def test_a_working_tree_that_followed_in_part_follows(folder: Path, whole: Path) -> None:
    pending = _pending(folder, whole)
    write_pending(Repository.at(folder), pending)
    Repository.at(folder).move(pending.updates, "stopped")
    shutil.copytree(whole / "generated", folder / "generated")
    (folder / "specs/parcels/.CHANGELOG.md.part").write_text("# Chan")
    publish(workshop(folder))
    assert state(folder) == state(whole)


def test_an_edit_of_the_same_file_is_kept(folder: Path, whole: Path) -> None:
    pending = _pending(folder, whole)
    write_pending(Repository.at(folder), pending)
    Repository.at(folder).move(pending.updates, "stopped")
    spec = folder / "specs/parcels/openapi.yaml"
    mine = spec.read_text() + "# mine\n"
    spec.write_text(mine)
    (folder / "specs/parcels/CHANGELOG.md").write_text("mine")
    with pytest.raises(SpecloomError, match=r"CHANGELOG\.md: this was edited while 'Release parcels-client 1\.0\.0'"):
        publish(workshop(folder))
    assert spec.read_text() == mine
    assert not (folder / "specs/parcels/released.yaml").exists()
    git(folder, "checkout", "--quiet", "HEAD", "--", "specs")
    publish(workshop(folder))
    assert state(folder) == state(whole)


def test_who_commits_before_it_is_finished_keeps_the_commit(folder: Path, whole: Path) -> None:
    pending = _pending(folder, whole)
    write_pending(Repository.at(folder), pending)
    Repository.at(folder).move(pending.updates, "stopped")
    git(folder, "reset", "--quiet", "--hard")
    commit(folder, "Mine")
    assert len(publish(workshop(folder)).releases) == 1
    assert git(folder, "log", "--format=%s") == "Mine\nRelease parcels-client 1.0.0\nStart"
    assert state(folder)[2:] == state(whole)[2:]


def test_what_another_run_interrupted_is_finished_before_a_release(folder: Path, whole: Path) -> None:
    _kill(folder, "update the working tree")
    other = folder / "specs/boxes"
    shutil.copytree(whole / "specs/parcels", other)
    with pytest.raises(SpecloomError, match=r"specs/boxes/CHANGELOG\.md: not committed"):
        release(workshop(folder), order(folder, name="boxes"))
    assert git(folder, "status", "--porcelain") == "?? specs/boxes/"
    for name in ("released.yaml", "CHANGELOG.md"):
        (other / name).unlink()
    commit(folder, "Boxes")
    assert release(workshop(folder), order(folder, name="boxes")).title == "boxes-client 1.0.0"


def test_a_yank_is_finished_as_well(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    git(tmp_path, "clone", "--quiet", str(whole), str(folder))
    for key in ("user.name", "user.email"):
        git(folder, "config", key, "tester@example.com")

    class Stopped(BaseException):
        pass

    def report(step: str) -> None:
        if step == "update the working tree":
            raise Stopped

    with pytest.raises(Stopped):
        yank(workshop(folder, report), order(folder).spec, Version(1, 0, 0), "wrong")
    publish(workshop(folder))
    assert git(folder, "status", "--porcelain") == ""
    assert 'data-yanked="wrong"' in (folder / "dist/simple/parcels-client/index.html").read_text()


def test_a_note_that_cannot_be_read_is_said_so(folder: Path) -> None:
    (folder / ".git/specloom-release.json").write_text("{")
    with pytest.raises(SpecloomError, match="the note of an interrupted release cannot be read"):
        release(workshop(folder), order(folder))


def test_an_index_that_cannot_be_written_is_made_by_the_next_run(folder: Path, whole: Path) -> None:
    (folder / "dist").mkdir()
    (folder / "dist/simple").write_text("in the way")
    with pytest.raises(SpecloomError, match="the index cannot be written"):
        release(workshop(folder), order(folder))
    (folder / "dist/simple").unlink()
    assert release(workshop(folder), order(folder)).title == "parcels-client 1.0.0"
    assert state(folder) == state(whole)


def test_after_it_the_next_release_is_a_release(folder: Path) -> None:
    _kill(folder, "publish in the index")
    publish(workshop(folder))
    edit(folder, WORDS)
    assert release(workshop(folder), order(folder)).title == "parcels-client 1.0.1"


def _pending(folder: Path, whole: Path) -> Pending:
    """Return the release of the other repository as one that is about to be made in this one."""
    git(folder, "fetch", "--quiet", "--no-tags", str(whole), "refs/tags/parcels-v1.0.0:refs/kept/tag")
    made = git(whole, "rev-parse", "refs/tags/parcels-v1.0.0")
    base, now = git(folder, "rev-parse", "HEAD"), git(whole, "rev-parse", "HEAD")
    return Pending("Release parcels-client 1.0.0", "refs/heads/main", base, now, "parcels-v1.0.0", made)
