"""The index says of each file what installers ask for, in HTML and JSON alike, and comes from the tags alone."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import html
from tests.release.repositories import DAY, WORDS, edit, git, new_repository, order, workshop

from specloom.release.index import write_index
from specloom.release.index.pages import Archive, project_html, project_json
from specloom.release.releasing import release, yank
from specloom.release.repository import Repository
from specloom.release.versions import Version
from specloom.spec import SpecloomError

FILES = [
    "parcels_client-1.0.0-py3-none-any.whl",
    "parcels_client-1.0.0.tar.gz",
    "parcels_client-1.0.1-py3-none-any.whl",
    "parcels_client-1.0.1.tar.gz",
]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two releases, the first of which is yanked, and a tag of another kind."""
    folder = new_repository(tmp_path_factory.mktemp("released"))
    git(folder, "tag", "parcels-v2-draft")
    release(workshop(folder), order(folder))
    edit(folder, WORDS)
    release(workshop(folder), order(folder))
    yank(workshop(folder), order(folder).spec, Version(1, 0, 0), 'It says "<keeps>"')
    return folder


@pytest.fixture
def folder(released: Path, tmp_path: Path) -> Path:
    """A copy of that repository."""
    return shutil.copytree(released, tmp_path / "copy")


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _page(released: Path) -> Any:
    return json.loads((released / "dist/simple/parcels-client/index.json").read_text())


def test_json_says_what_installers_ask_for(released: Path) -> None:
    page = _page(released)
    assert page["meta"] == {"api-version": "1.1"}
    assert page["name"] == "parcels-client"
    assert page["versions"] == ["1.0.0", "1.0.1"]
    assert [each["filename"] for each in page["files"]] == FILES
    for each in page["files"]:
        content = (released / "dist/simple/parcels-client" / each["url"]).read_bytes()
        assert each["hashes"] == {"sha256": hashlib.sha256(content).hexdigest()}
        assert each["size"] == len(content)
        assert each["requires-python"] == ">=3.11"
        assert each["upload-time"].endswith(".000000Z")
    assert [each["yanked"] for each in page["files"]] == ['It says "<keeps>"'] * 2 + [False] * 2


def test_html_says_the_same(released: Path) -> None:
    text = (released / "dist/simple/parcels-client/index.html").read_text()
    assert text.startswith("<!DOCTYPE html>")
    listed = []
    for anchor in html.fromstring(text).iter("a"):
        url, _, digest = anchor.attrib["href"].partition("#sha256=")
        metadata = anchor.get("data-core-metadata")
        listed.append(
            {
                "filename": anchor.text,
                "url": url,
                "hashes": {"sha256": digest},
                "requires-python": anchor.get("data-requires-python"),
                "core-metadata": False if metadata is None else {"sha256": metadata.removeprefix("sha256=")},
                "yanked": anchor.get("data-yanked", False),
            }
        )
    assert listed == [{key: each[key] for key in listed[0]} for each in _page(released)["files"]]


def test_core_metadata_stand_beside_the_wheel(released: Path) -> None:
    folder = released / "dist/simple/parcels-client"
    for each in _page(released)["files"]:
        beside = folder / f"{each['filename']}.metadata"
        if each["core-metadata"]:
            assert each["core-metadata"] == {"sha256": hashlib.sha256(beside.read_bytes()).hexdigest()}
            with ZipFile(folder / each["filename"]) as wheel:
                (inside,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
                assert wheel.read(inside) == beside.read_bytes()
        else:
            assert each["filename"].endswith(".tar.gz")
            assert not beside.exists()


def test_the_first_page_lists_the_projects(released: Path) -> None:
    page = html.fromstring((released / "dist/simple/index.html").read_text())
    assert [(each.get("href"), each.text) for each in page.iter("a")] == [("parcels-client/", "parcels-client")]
    listed = json.loads((released / "dist/simple/index.json").read_text())
    assert listed == {"meta": {"api-version": "1.1"}, "projects": [{"name": "parcels-client"}]}


@pytest.mark.parametrize("yanked", ["", "why"])
def test_a_yank_without_a_reason_is_one(yanked: str) -> None:
    archive = Archive("a-1.0.0.tar.gz", "1.0.0", "0" * 64, 1, ">=3.11", None, yanked, f"{DAY}T00:00:00Z")
    assert f'data-yanked="{yanked}"' in project_html("a", [archive])
    assert json.loads(project_json("a", [archive]))["files"][0]["yanked"] == (yanked or True)


def test_a_clone_gives_the_same_index(released: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(released), "clone")
    indexed = write_index(Repository.at(tmp_path / "clone"), tmp_path / "index")
    assert indexed.built == indexed.releases
    assert [each.tag for each in indexed.releases] == ["parcels-v1.0.0", "parcels-v1.0.1"]
    assert tree(tmp_path / "index") == tree(released / "dist/simple")


def test_what_is_there_is_not_built_again_and_what_is_spoilt_is(folder: Path) -> None:
    index = folder / "dist/simple"
    before = tree(index)
    (index / "parcels-client" / FILES[0]).write_bytes(b"spoilt")
    (index / "parcels-client" / f"{FILES[2]}.metadata").unlink()
    (index / "parcels-client/parcels_client-9.9.9.tar.gz").write_bytes(b"left over")
    (index / "gone-client").mkdir()
    (index / "gone-client/index.html").write_text("left over")
    indexed = write_index(Repository.at(folder), index)
    assert [each.tag for each in indexed.built] == ["parcels-v1.0.0"]
    assert tree(index) == before


def test_other_bytes_than_those_released_are_not_published(folder: Path) -> None:
    index = folder / "dist/simple"
    message = git(folder, "tag", "--list", "--format=%(contents)", "parcels-v1.0.0")
    digest = message.split()[2]
    forged = message.replace(digest, "0" * 64)
    git(folder, "tag", "--annotate", "--force", "--message", forged, "parcels-v1.0.0", "parcels-v1.0.0^{commit}")
    before = tree(index)
    with pytest.raises(SpecloomError, match=rf"{FILES[0]}: what is built from the tag .* is not what was released"):
        write_index(Repository.at(folder), index)
    assert tree(index) == before


def test_a_tag_that_says_nothing_of_files_is_said_so(folder: Path) -> None:
    git(folder, "tag", "parcels-v3.0.0")
    with pytest.raises(SpecloomError, match=r"the tag parcels-v3\.0\.0 does not say which files were released"):
        write_index(Repository.at(folder), folder / "dist/simple")


def test_a_repository_without_releases_gives_an_empty_index(tmp_path: Path) -> None:
    folder = new_repository(tmp_path)
    assert write_index(Repository.at(folder), folder / "dist/simple").releases == ()
    assert sorted(tree(folder / "dist/simple")) == ["index.html", "index.json"]
