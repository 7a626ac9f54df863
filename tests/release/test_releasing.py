"""A release is one commit with a tag, made of what is committed; what is not right is refused and changes nothing."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.release.repositories import ADDITIVE, BREAKING, WORDS, commit, edit, git, new_repository, order, workshop

from specloom.generate import check
from specloom.release import build_sdist, build_wheel
from specloom.release.releasing import release, yank
from specloom.release.trial import Tried
from specloom.release.versions import Version
from specloom.spec import Api, SpecloomError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with a spec that was never released."""
    return new_repository(tmp_path)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a first release."""
    folder = new_repository(tmp_path_factory.mktemp("released"))
    release(workshop(folder), order(folder, line="For all."))
    return folder


@pytest.fixture
def again(released: Path, tmp_path: Path) -> Path:
    """A copy of that repository."""
    git(tmp_path, "clone", "--quiet", str(released), "copy")
    for key in ("user.name", "user.email"):
        git(tmp_path / "copy", "config", key, "tester@example.com")
    return tmp_path / "copy"


def state(folder: Path) -> tuple[str, ...]:
    """Return what a release changes: references, working tree, notes."""
    notes = [path.name for path in (folder / ".git").glob("specloom-*") if path.suffix != ".lock"]
    return (git(folder, "for-each-ref"), git(folder, "status", "--porcelain"), *notes)


def test_a_first_release_is_a_commit_with_a_tag(released: Path) -> None:
    assert git(released, "log", "--format=%s") == "Release parcels-client 1.0.0\nStart"
    assert git(released, "tag", "--points-at=HEAD") == "parcels-v1.0.0"
    assert git(released, "status", "--porcelain") == ""
    spec = released / "specs/parcels/openapi.yaml"
    assert spec.with_name("released.yaml").read_bytes() == spec.read_bytes()
    changelog = spec.with_name("CHANGELOG.md").read_text()
    assert "## [1.0.0] - 2026-01-02\n\n### Added\n\n- `POST /parcels/{number}/hold`: Hold a parcel." in changelog
    assert "### Changed\n\n- For all." in changelog
    assert check([spec], released / "generated") == []


def test_the_tag_says_which_files_were_released(released: Path, tmp_path: Path) -> None:
    listed = git(released, "tag", "--list", "--format=%(contents:body)", "parcels-v1.0.0")
    files = released / "dist/simple/parcels-client"
    assert len(listed.splitlines()) == 2
    for build in (build_wheel, build_sdist):
        built = build(released / "generated/parcels", tmp_path)
        assert f"{hashlib.sha256(built.read_bytes()).hexdigest()}  {built.name}" in listed
    subprocess.run(["sha256sum", "--check", "--strict"], cwd=files, input=listed, text=True, check=True)


@pytest.mark.parametrize(
    ("changes", "asked", "version", "told"),
    [
        ([ADDITIVE], "auto", "1.1.0", "### Added\n\n- `POST /parcels/{number}/hold`"),
        ([BREAKING], "auto", "2.0.0", "**Breaking** (`required-parameter-added`)"),
        ([ADDITIVE, ("version: 1.0.0", "version: 1.7.0")], "auto", "1.7.0", "### Added"),
        ([WORDS], "auto", "1.0.1", "Only words"),
        ([], "1.0.1", "1.0.1", "Only words"),
        ([ADDITIVE], "3.0.0", "3.0.0", "### Added"),
    ],
    ids=["additive", "breaking", "raised already", "words", "nothing", "asked for"],
)
def test_what_changed_decides_the_version(
    again: Path, changes: list[tuple[str, str]], asked: str, version: str, told: str
) -> None:
    edit(again, *changes)
    outcome = release(workshop(again), order(again, asked))
    assert outcome.title == f"parcels-client {version}"
    assert f"info: {{title: Parcels, version: {version}}}" in (again / "specs/parcels/openapi.yaml").read_text()
    newest, _ = (again / "specs/parcels/CHANGELOG.md").read_text().split("## [1.0.0]")
    assert f"## [{version}]" in newest
    assert told in newest
    assert git(again, "tag", "--points-at=HEAD") == f"parcels-v{version}"
    assert git(again, "status", "--porcelain") == ""


def test_files_that_a_package_has_no_more_go(again: Path) -> None:
    left = again / "generated/parcels/parcels_client/left/over.py"
    left.parent.mkdir()
    left.write_text("")
    edit(again, ADDITIVE)
    release(workshop(again), order(again))
    assert not left.parent.exists()
    assert "left/over" not in git(again, "ls-files")


def test_what_the_author_announced_is_taken_over(again: Path) -> None:
    changelog = again / "specs/parcels/CHANGELOG.md"
    announced = "- **Breaking** (`required-parameter-added`): say whether we may write.\n"
    changelog.write_text(changelog.read_text().replace("## [Unreleased]\n", f"## [Unreleased]\n\n{announced}"))
    edit(again, BREAKING)
    release(workshop(again), order(again))
    text = changelog.read_text()
    assert text.count("`required-parameter-added`") == 1
    assert text.index("## [Unreleased]\n\n## [2.0.0]") < text.index(announced)


def _unclean(folder: Path) -> None:
    (folder / "specs/parcels/note.txt").write_text("mine")


def _detached(folder: Path) -> None:
    git(folder, "checkout", "--quiet", "--detach")


def _unsound(folder: Path) -> None:
    edit(folder, ("      summary: Hold a parcel\n", ""))


def _strange(folder: Path) -> None:
    edit(folder, ("version: 1.0.0", "version: 1.0.0-rc.1"))


def _tagged(folder: Path) -> None:
    git(folder, "tag", "--annotate", "--message=mine", "parcels-v1.0.0")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_unclean, r"specs/parcels/note\.txt: not committed"),
        (_detached, "no commit of a branch is checked out"),
        (_unsound, r"openapi\.yaml:10 .*: the spec breaks S09"),
        (_strange, r"openapi\.yaml:3 #/info/version: '1\.0\.0-rc\.1' is no version that can be released"),
        (_tagged, "the tag parcels-v1.0.0 exists already"),
    ],
)
def test_what_is_not_right_is_refused(folder: Path, spoil: Callable[[Path], None], said: str) -> None:
    spoil(folder)
    before = state(folder)
    with pytest.raises(SpecloomError, match=said):
        release(workshop(folder), order(folder))
    assert state(folder) == before
    assert not (folder / "dist").exists()


def test_a_version_that_says_too_little_is_refused(again: Path) -> None:
    edit(again, ADDITIVE)
    with pytest.raises(SpecloomError, match=r"1\.0\.1 says less than what changed since 1\.0\.0: a minor change"):
        release(workshop(again), order(again, "1.0.1"))


def test_nothing_new_is_said_so(again: Path) -> None:
    before = state(again)
    with pytest.raises(SpecloomError, match=r"nothing has changed since 1\.0\.0"):
        release(workshop(again), order(again))
    assert state(again) == before


def test_a_package_that_fails_its_trial_is_not_released(folder: Path) -> None:
    def fail(wheel: Path, api: Api) -> Tried:
        raise SpecloomError(f"{wheel.name} of {api.version} does not work")

    before = state(folder)
    shop = workshop(folder)
    with pytest.raises(SpecloomError, match=r"parcels_client-1\.0\.0-py3-none-any\.whl of 1\.0\.0 does not work"):
        release(type(shop)(shop.repository, shop.index, fail, shop.shielded, shop.report), order(folder))
    assert state(folder) == before


def test_a_commit_made_meanwhile_is_noticed(folder: Path) -> None:
    def report(step: str) -> None:
        if step == "prepare commit and tag":
            commit(folder, "Meanwhile")

    with pytest.raises(SpecloomError, match="the branch has moved while the release was prepared"):
        release(workshop(folder, report), order(folder))
    assert git(folder, "log", "-1", "--format=%s") == "Meanwhile"
    assert git(folder, "tag") == ""


def test_a_second_release_at_the_same_time_is_refused(folder: Path) -> None:
    code = "import sys\nfrom tests.release.repositories import *\nfrom specloom.release.releasing import *\n"
    code += "from pathlib import Path\nfolder = Path(sys.argv[1])\nrelease(workshop(folder), order(folder))\n"
    done: list[subprocess.CompletedProcess[str]] = []

    def report(step: str) -> None:
        if step == "check the spec":
            command = [sys.executable, "-c", code, str(folder)]
            environment = {"PYTHONPATH": ":".join(sys.path), "PATH": os.environ["PATH"]}
            done.append(subprocess.run(command, env=environment, capture_output=True, text=True, check=False))

    release(workshop(folder, report), order(folder))
    assert "another release is being made" in done[0].stderr
    assert git(folder, "log", "--format=%s") == "Release parcels-client 1.0.0\nStart"


def test_a_folder_inside_of_a_repository_or_outside_of_any_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(SpecloomError, match="this is not the top of the repository"):
        workshop(folder / "specs")
    (tmp_path / ".git").rename(tmp_path / "elsewhere")
    with pytest.raises(SpecloomError, match="this is no git repository"):
        workshop(tmp_path)


def test_a_spec_from_elsewhere_is_refused(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = new_repository(tmp_path_factory.mktemp("other"))
    with pytest.raises(SpecloomError, match="this spec is not part of the repository"):
        release(workshop(folder), order(other))


def test_a_yank_is_a_commit_without_a_tag(again: Path) -> None:
    title = yank(workshop(again), order(again).spec, Version(1, 0, 0), "It loses parcels")
    assert title == "parcels-client 1.0.0"
    assert git(again, "log", "-1", "--format=%s%n%n%b") == "Yank parcels-client 1.0.0\n\nIt loses parcels"
    assert "## [1.0.0] - 2026-01-02 [YANKED] It loses parcels" in (again / "specs/parcels/CHANGELOG.md").read_text()
    assert 'data-yanked="It loses parcels"' in (again / "dist/simple/parcels-client/index.html").read_text()
