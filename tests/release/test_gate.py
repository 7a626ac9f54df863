"""The gate passes what is announced by version and changelog, and says what to write where for the rest."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.release.repositories import ADDITIVE, BREAKING, WORDS, new_repository, order, workshop

from specloom.release.gate import Problem, gate
from specloom.release.releasing import release
from specloom.release.repository import Repository
from specloom.spec import SpecloomError

ANNOUNCED = "- **Breaking** (`required-parameter-added`, `client-required-parameter-added`, `{}`): say it.\n"
OPTION = "client-required-option-added"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a release."""
    folder = new_repository(tmp_path_factory.mktemp("released"))
    release(workshop(folder), order(folder))
    return folder


@pytest.fixture
def folder(released: Path, tmp_path: Path) -> Path:
    """A copy of that repository."""
    return shutil.copytree(released, tmp_path / "copy")


def _spec(folder: Path) -> Path:
    return folder / "specs/parcels/openapi.yaml"


def _write(folder: Path, *changes: tuple[str, str], version: str = "1.0.0", announced: str = "") -> None:
    text = _spec(folder).read_text()
    for old, new in (*changes, ("version: 1.0.0", f"version: {version}")):
        assert old in text
        text = text.replace(old, new, 1)
    _spec(folder).write_text(text)
    changelog = _spec(folder).with_name("CHANGELOG.md")
    changelog.write_text(changelog.read_text().replace("## [Unreleased]\n", f"## [Unreleased]\n\n{announced}"))


def _missing(folder: Path) -> list[Problem]:
    return list(gate(_spec(folder), Repository.at(folder)).problems)


@pytest.mark.parametrize(
    ("changes", "version", "announced"),
    [
        ([], "1.0.0", ""),
        ([], "1.0.1", ""),
        ([WORDS], "1.0.0", ""),
        ([ADDITIVE], "1.1.0", ""),
        ([ADDITIVE], "2.0.0", ""),
        ([BREAKING], "2.0.0", ANNOUNCED.format(OPTION)),
        ([BREAKING], "2.0.0", ANNOUNCED.format(f"{OPTION}` for `POST /parcels/{{number}}/hold")),
    ],
    ids=["nothing", "version", "words", "minor", "more than minor", "major", "for the operation"],
)
def test_what_is_announced_passes(folder: Path, changes: list[tuple[str, str]], version: str, announced: str) -> None:
    _write(folder, *changes, version=version, announced=announced)
    assert _missing(folder) == []


@pytest.mark.parametrize(
    ("changes", "version", "wanted"),
    [([ADDITIVE], "1.0.1", "1.1.0"), ([BREAKING], "1.1.0", "2.0.0"), ([WORDS], "0.9.0", "1.0.0")],
    ids=["additive", "breaking", "older"],
)
def test_a_version_that_says_too_little_is_named(
    folder: Path, changes: list[tuple[str, str]], version: str, wanted: str
) -> None:
    _write(folder, *changes, version=version, announced=ANNOUNCED.format(OPTION))
    (problem,) = _missing(folder)
    assert str(problem.place) == f"{_spec(folder)}:3 #/info/version"
    assert problem.message.startswith(f"{version} says less than what changed since 1.0.0")
    assert problem.write == f"version: {wanted}"


@pytest.mark.parametrize(
    "announced",
    ["", "- Something else.\n", ANNOUNCED.format("other").replace("`other`", "`GET /parcels`")],
    ids=["nothing", "something else", "another operation"],
)
def test_each_break_that_is_not_announced_is_named(folder: Path, announced: str) -> None:
    _write(folder, BREAKING, version="2.0.0", announced=announced)
    problems = _missing(folder)
    assert problems
    for problem in problems:
        assert str(problem.place) == f"{_spec(folder).with_name('CHANGELOG.md')}:7"
        assert problem.write.startswith("- **Breaking** (`")
        assert "below `## [Unreleased]`" in problem.message


def test_what_it_says_to_write_is_enough(folder: Path) -> None:
    _write(folder, BREAKING)
    version, *items = _missing(folder)
    assert len(items) > 1
    _write(folder, version=version.write.split()[1], announced="\n".join(each.write for each in items) + "\n")
    assert _missing(folder) == []


def test_without_a_tag_the_package_is_made_of_released_yaml(folder: Path) -> None:
    _write(folder, BREAKING, version="2.0.0")
    expected = gate(_spec(folder), Repository.at(folder))
    found = gate(_spec(folder), None)
    assert [each.rule for each in found.changes] == [each.rule for each in expected.changes]


def test_what_was_never_released_passes(folder: Path) -> None:
    _spec(folder).with_name("released.yaml").unlink()
    gated = gate(_spec(folder), Repository.at(folder))
    assert (gated.released, gated.problems) == (None, ())


@pytest.mark.parametrize("name", ["released.yaml", "CHANGELOG.md"])
def test_a_file_that_cannot_be_read_is_said_so(folder: Path, name: str) -> None:
    _write(folder, WORDS)
    _spec(folder).with_name(name).write_bytes(b"\xff")
    with pytest.raises(SpecloomError, match=rf"{name}(:1)?: not UTF-8"):
        gate(_spec(folder), None)
