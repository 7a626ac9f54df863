"""A document is adopted as a whole or not at all, and nothing that was there is lost on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from specloom.cli.main import main

Run = Callable[..., Result]
PETS = """openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    get: {responses: {'200': {description: All.}}}
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in a folder with a document and no spec."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SPECLOOM_SPECS", raising=False)
    (tmp_path / "pets.yaml").write_text(PETS, "utf-8")
    return lambda *arguments: CliRunner().invoke(main, arguments)


def complains(done: Result, *parts: str) -> None:
    assert done.exit_code == 2
    for part in parts:
        assert part in done.output


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_changes_are_told_with_their_places(run: Run) -> None:
    done = run("adopt", "pets", "pets.yaml")
    assert done.exit_code == 0
    assert "specs/pets/openapi.yaml:5 #/info/version: it was '1'" in done.output
    assert done.output.endswith("specs/pets/openapi.yaml: adopted with 3 changes, 0 of which lose something\n")
    told = json.loads(run("adopt", "more", "pets.yaml", "--json").output)
    assert [told["path"], len(told["notes"])] == ["specs/more/openapi.yaml", 3]


@pytest.mark.parametrize("name", ["Pets", "../pets", "a/b", "", ".", "a_b", "1a", "x" * 300], ids="{:.9}".format)
def test_a_name_that_no_package_can_have_is_refused(run: Run, tmp_path: Path, name: str) -> None:
    complains(run("adopt", name, "pets.yaml"), "no package can be named after the folder", "in lower case")
    assert files(tmp_path) == ["pets.yaml"]


WRONG = {
    "a folder": ("specs", ["specs: this is a folder", "name the file"]),
    "a URL": ("https://api.example/a.yaml", ["on the network", "save it"]),
    "nothing": ("none.yaml", ["none.yaml: there is no such file"]),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_file_is_refused(run: Run, tmp_path: Path, wrong: str) -> None:
    (tmp_path / "specs").mkdir()
    file, parts = WRONG[wrong]
    complains(run("adopt", "pets", file), *parts)
    assert files(tmp_path) == ["pets.yaml"]


def test_a_spec_that_is_there_is_replaced_only_when_asked(run: Run, tmp_path: Path) -> None:
    run("adopt", "pets", "pets.yaml")
    complains(run("adopt", "pets", "pets.yaml"), "adopted before", "--update replaces it")
    (tmp_path / "pets.yaml").write_text(PETS.replace("Pets", "Cats"), "utf-8")
    assert run("adopt", "pets", "pets.yaml", "--update").exit_code == 0
    assert "title: Cats" in (tmp_path / "specs/pets/openapi.yaml").read_text("utf-8")


def test_a_spec_that_was_written_by_hand_is_never_replaced(run: Run, tmp_path: Path) -> None:
    spec = tmp_path / "specs/pets/openapi.yaml"
    spec.parent.mkdir(parents=True)
    spec.write_text("openapi: 3.1.0\n", "utf-8")
    complains(run("adopt", "pets", "pets.yaml", "--update", "--force"), "written by hand", "choose another name")
    assert spec.read_text("utf-8") == "openapi: 3.1.0\n"


def test_edits_are_replaced_only_when_asked(run: Run, tmp_path: Path) -> None:
    run("adopt", "pets", "pets.yaml")
    spec = tmp_path / "specs/pets/openapi.yaml"
    edited = spec.read_text("utf-8").replace("All.", "All pets.")
    spec.write_text(edited, "utf-8")
    complains(run("adopt", "pets", "pets.yaml", "--update"), "was edited since it was adopted", "--force")
    assert spec.read_text("utf-8") == edited
    assert run("adopt", "pets", "pets.yaml", "--update", "--force").exit_code == 0
    assert "All." in spec.read_text("utf-8")


def test_the_version_that_a_release_raises_is_no_edit(run: Run, tmp_path: Path) -> None:
    run("adopt", "pets", "pets.yaml")
    spec = tmp_path / "specs/pets/openapi.yaml"
    spec.write_text(spec.read_text("utf-8").replace("version: 1.0.0", "version: 1.1.0"), "utf-8")
    assert run("adopt", "pets", "pets.yaml", "--update").exit_code == 0


@pytest.mark.parametrize(
    ("error", "code"), [(OSError(28, "No space left on device"), 2), (KeyboardInterrupt(), 130)], ids=["full", "Ctrl-C"]
)
@pytest.mark.parametrize("there", [False, True], ids=["new", "update"])
def test_what_cannot_be_written_leaves_all_as_it_was(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, *, there: bool
) -> None:
    if there:
        run("adopt", "pets", "pets.yaml")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def fail(path: Path, target: Path) -> Any:
        assert (path.is_file(), target.name) == (True, "openapi.yaml")
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        done = run("adopt", "pets", "pets.yaml", "--update")
    assert done.exit_code == code
    assert "cannot be written: No space left" in done.output or code != 2
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert (tmp_path / "specs/pets").exists() == there


def test_no_document_steers_the_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pets.yaml").write_text(PETS.replace("/pets:", '"/p\\e[31m":'), "utf-8")
    done = run("adopt", "pets", "pets.yaml")
    assert "#/paths/~1p�[31m/get/operationId" in done.output
    assert "\x1b" not in done.output + run("lint", "pets").output


def test_lint_names_the_lines_of_the_document_itself(run: Run) -> None:
    done = run("lint", "--foreign", "pets.yaml")
    assert done.exit_code == 0
    assert "pets.yaml:5 #/paths/~1pets/get: warning: " in done.output
    complains(run("lint", "--foreign"), "--foreign needs the files")


def test_lint_tells_what_would_be_lost(run: Run, tmp_path: Path) -> None:
    lossy = PETS.replace("All.}", "All., content: {a/b: {schema: {maxLength: ten}}}}")
    (tmp_path / "pets.yaml").write_text(lossy, "utf-8")
    at = "/paths/~1pets/get/responses/200/content/a~1b/schema/maxLength"
    assert f"pets.yaml:5 #{at}: warning: S01 it was left out" in run("lint", "--foreign", "pets.yaml").output
    (first, *_) = json.loads(run("lint", "--foreign", "--json", "pets.yaml").output)
    assert [first["rule"], first["level"], first["pointer"]] == ["S01", "warning", at]


def test_lint_does_not_call_warnings_nothing(run: Run) -> None:
    run("adopt", "pets", "pets.yaml")
    assert run("lint", "pets").output.endswith("1 spec can be used, 1 with warnings\n")
