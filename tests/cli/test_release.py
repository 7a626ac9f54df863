"""The verbs of releases, from a spec to the index, as they are typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.release.repositories import commit, git, new_repository

Done = subprocess.CompletedProcess[str]


def specloom(folder: Path, *arguments: str) -> Done:
    """Run the command line in a folder, on a day of its own."""
    return subprocess.run(
        [sys.executable, "-m", "specloom", *arguments],
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1767312000"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """A repository with a release, and what was said when it was made."""
    folder = new_repository(tmp_path_factory.mktemp("released"))
    return folder, specloom(folder, "release", "parcels", "--line", "Fixed: all faults.")


@pytest.fixture
def folder(released: tuple[Path, Done], tmp_path: Path) -> Path:
    """A clone of that repository."""
    git(tmp_path, "clone", "--quiet", str(released[0]), "clone")
    for key in ("user.name", "user.email"):
        git(tmp_path / "clone", "config", key, "tester@example.com")
    return tmp_path / "clone"


def test_a_release_says_each_step_and_what_it_came_to(released: tuple[Path, Done]) -> None:
    folder, done = released
    assert done.returncode == 0, done.stderr
    steps = [line for line in done.stdout.splitlines() if line.endswith(" …")]
    assert steps[0] == "check the spec …"
    assert steps[-1] == "publish in the index …"
    assert "parcels-client 1.0.0 released: the first release" in done.stdout
    assert "tried: 6 programs, 1 tests, 1 command lines" in done.stdout
    assert not done.stderr
    assert git(folder, "status", "--porcelain") == ""
    assert git(folder, "tag") == "parcels-v1.0.0"
    changelog = (folder / "specs/parcels/CHANGELOG.md").read_text()
    assert "## [1.0.0] - 2026-01-02" in changelog
    assert "### Fixed\n\n- all faults." in changelog
    assert (folder / "dist/simple/parcels-client/parcels_client-1.0.0-py3-none-any.whl").is_file()


def test_what_cannot_be_released_ends_with_2(folder: Path) -> None:
    done = specloom(folder, "release", "parcels")
    assert done.returncode == 2
    assert "nothing has changed since 1.0.0" in done.stderr
    (folder / "note.txt").write_text("mine")
    done = specloom(folder, "release", "parcels", "--version", "2.0.0")
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        2,
        "error: note.txt: not committed: a release is made of what is committed",
    )
    assert specloom(folder, "release", "boxes").returncode == 2
    assert git(folder, "tag") == "parcels-v1.0.0"


def test_the_gate_ends_with_1_and_says_what_to_write(folder: Path) -> None:
    passed = specloom(folder, "gate")
    assert (passed.returncode, passed.stdout) == (0, "parcels 1.0.0: no change since 1.0.0\n")
    spec = folder / "specs/parcels/openapi.yaml"
    spec.write_text(spec.read_text().replace("/parcels/{number}/hold:", "/parcels/{number}/keep:"))
    done = specloom(folder, "gate", "parcels")
    assert done.returncode == 1
    assert "specs/parcels/openapi.yaml:3 #/info/version: 1.0.0 says less than" in done.stdout
    assert "  write: version: 2.0.0\n" in done.stdout
    assert "specs/parcels/CHANGELOG.md:7: this breaks clients" in done.stdout
    assert "  write: - **Breaking** (`" in done.stdout
    listed = json.loads(specloom(folder, "gate", "--json").stdout)[0]
    assert (listed["api"], listed["released"], listed["declared"]) == ("parcels", "1.0.0", "1.0.0")
    assert next(each["write"] for each in listed["problems"]) == "version: 2.0.0"
    assert any(each["severity"] == "breaking" for each in listed["changes"])
    spec.write_text("openapi: [")
    assert specloom(folder, "gate").returncode == 2


def test_the_index_is_made_of_tags_and_a_yank_is_shown_in_it(folder: Path) -> None:
    done = specloom(folder, "index")
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "parcels-v1.0.0: built")
    page = folder / "dist/simple/parcels-client/index.html"
    assert "data-yanked" not in page.read_text()
    done = specloom(folder, "yank", "parcels", "1.0.0", "It loses parcels")
    assert done.returncode == 0, done.stderr
    assert 'data-yanked="It loses parcels"' in page.read_text()
    assert specloom(folder, "index").stdout.splitlines()[0] == "parcels-v1.0.0: there"
    changelog = folder / "specs/parcels/CHANGELOG.md"
    changelog.write_text(changelog.read_text().replace(" [YANKED] It loses parcels", ""))
    commit(folder, "Take it back")
    assert specloom(folder, "index").returncode == 0
    assert "data-yanked" not in page.read_text()
    assert specloom(folder, "yank", "parcels", "3.0.0", "wrong").returncode == 2
