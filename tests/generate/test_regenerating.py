"""Packages are made again when what they are made of, or they themselves, changed, and only then."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

import pytest

from specloom.generate import Generated, check, generate, record
from specloom.spec import SpecloomError

Tree = Callable[[Path], dict[str, bytes]]
Write = Callable[..., Path]


def _changed(results: list[Generated]) -> list[str]:
    return [each.api for each in results if each.changed]


def test_a_package_is_made_for_each_spec(specs: list[Path], output: Path) -> None:
    told: list[Generated] = []
    results = generate(specs, output, jobs=2, report=told.append)
    assert [(each.api, each.operations, each.changed) for each in results] == [("pets", 1, True), ("toys", 1, True)]
    assert sorted(told, key=lambda each: each.api) == results
    for each in results:
        assert each.path == output / each.api
        assert {path.name for path in each.path.iterdir()} == {
            f"{each.api}_client",
            "pyproject.toml",
            "README.md",
            "LICENSE",
            f"{each.api}-client.cdx.json",
            ".specloom.json",
        }
        assert each.client_models == 2
        assert each.pydantic_models == 2  # Thing and the parameters in the path
        assert each.client_modules == len(list((each.path / f"{each.api}_client").rglob("*.py"))) - 1
        assert each.seconds > 0
    assert {path.name for path in output.parent.iterdir()} == {"specs", "generated"}


def test_nothing_is_done_when_nothing_changed(specs: list[Path], output: Path) -> None:
    first = generate(specs, output, jobs=1)
    before = {path: path.stat().st_ino for path in output.rglob("*")}
    second = generate(specs, output)
    assert _changed(second) == []
    assert [each.operations for each in second] == [each.operations for each in first]
    assert {path: path.stat().st_ino for path in output.rglob("*")} == before


def test_no_generator_is_imported_when_nothing_changed(specs: list[Path], output: Path) -> None:
    generate(specs, output, jobs=1)
    code = (
        "import sys; from pathlib import Path; from specloom.generate import generate\n"
        f"assert not any(each.changed for each in generate([*map(Path, sys.argv[1:])], Path({str(output)!r})))\n"
        "print([name for name in ('openapi_python_client', 'datamodel_code_generator') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, *map(str, specs)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_only_the_package_whose_spec_changed_is_made_again(specs: list[Path], output: Path, write: Write) -> None:
    generate(specs, output, jobs=1)
    write("toys", lambda document: document["info"].update(version="2.0.0"))
    assert _changed(generate(specs, output, jobs=1)) == ["toys"]
    assert 'version = "2.0.0"' in (output / "toys/pyproject.toml").read_text()
    assert _changed(generate(specs, output)) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda package: (package / "pets_client/client.py").write_text("# edited by hand\n"),
        lambda package: (package / "pets_client/models.py").unlink(),
        lambda package: (package / "pets_client/more.py").write_text(""),
        lambda package: (package / "README.md").rename(package / "README.txt"),
        lambda package: (package / ".specloom.json").unlink(),
        lambda package: (package / ".specloom.json").write_text("{"),
        lambda package: (package / ".specloom.json").write_text('{"inputs": []}'),
        lambda package: (package / ".specloom.json").write_text("[]"),
    ],
    ids=["edited", "file removed", "file added", "file renamed", "no record", "broken", "other", "no object"],
)
def test_a_package_that_someone_touched_is_made_again(
    specs: list[Path], output: Path, tree: Tree, spoil: Callable[[Path], object]
) -> None:
    generate(specs, output, jobs=1)
    before = tree(output)
    spoil(output / "pets")
    assert tree(output) != before
    assert _changed(generate(specs, output, jobs=1)) == ["pets"]
    assert tree(output) == before


def test_what_running_the_code_leaves_is_no_change(specs: list[Path], output: Path) -> None:
    generate(specs, output, jobs=1)
    for cache in ("__pycache__", ".mypy_cache"):
        (output / "pets/pets_client/api" / cache).mkdir()
        (output / "pets/pets_client/api" / cache / "x.pyc").write_bytes(b"x")
    assert _changed(generate(specs, output)) == []
    assert check(specs, output, jobs=1) == []


@pytest.mark.parametrize("tool", ["openapi-python-client", "datamodel-code-generator", "ruff"])
def test_another_version_of_a_tool_makes_packages_again(
    specs: list[Path], output: Path, tool: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate(specs, output, jobs=1)
    monkeypatch.setattr(record, "version", lambda name: "99" if name == tool else version(name))
    assert _changed(generate(specs, output, jobs=1)) == ["pets", "toys"]


def test_other_generating_code_makes_packages_again(
    specs: list[Path], output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate(specs, output, jobs=1)
    (tmp_path / "code").mkdir()
    (tmp_path / "code/record.py").write_text("# other code")
    monkeypatch.setattr(record, "__file__", str(tmp_path / "code/record.py"))
    assert _changed(generate(specs, output, jobs=1)) == ["pets", "toys"]


def test_an_executor_may_be_handed_in(specs: list[Path], output: Path) -> None:
    with ThreadPoolExecutor(1) as executor:
        assert _changed(generate(specs, output, executor=executor)) == ["pets", "toys"]
        assert executor.submit(int).result() == 0  # and is left open
    assert check(specs, output, jobs=1) == []


def test_an_executor_needs_none_of_our_files_and_names_them_in_errors(
    specs: list[Path], output: Path, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    relative = [path.relative_to(tmp_path) for path in specs]
    write("toys", "openapi: 3.0.0\n")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        executor.submit(os.chdir, "/").result()
        assert _changed(generate(relative[:1], output, executor=executor)) == ["pets"]
        with pytest.raises(SpecloomError, match=r"OpenAPI 3\.1") as caught:
            generate(relative[1:], output, executor=executor)
    assert caught.value.place.path == relative[1]
    assert check(specs[:1], output, jobs=1) == []


def test_packages_of_other_apis_stay(specs: list[Path], output: Path, tree: Tree) -> None:
    (output / "other").mkdir(parents=True)
    (output / "other/file.txt").write_text("kept")
    (output / "README.md").write_text("kept")
    generate(specs[:1], output, jobs=1)
    assert tree(output)["other/file.txt"] == tree(output)["README.md"] == b"kept"
    assert {path.name for path in output.iterdir()} == {"other", "README.md", "pets"}
