"""What a generated package can call is read from its sources; what cannot be read cannot be called."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.foreign.generated import by_dictionaries, by_keywords
from bench.running import python, run

_IMPORTER = Path(__file__).parents[3] / "scripts/bench/foreign/importer.py"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "client"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "one.py").write_text(
        'first = {"method": "get", "url": "/pets/{pet_id}".format(pet_id=1), "other": 2}\n'
        'second = call(Endpoint(id="x", method="POST", path="/pets/{petId}/feed"))\n',
        "utf-8",
    )
    (folder / "two.py").write_text(
        '{"method": "get", "url": "/broken"} = call(method="GET", path="/broken" ...', "utf-8"
    )
    (folder / "three.py").write_text("import no_such_module\n", "utf-8")
    (folder / "__main__.py").write_text("raise SystemExit(9)\n", "utf-8")
    return folder


def test_operations_are_read_from_dictionaries(package: Path) -> None:
    assert by_dictionaries(package) == {"GET /pets/{}"}


def test_operations_are_read_from_keywords(package: Path) -> None:
    assert by_keywords(package, "method", "path") == {"POST /pets/{}/feed"}


def test_each_module_that_does_not_import_is_told(package: Path) -> None:
    (package / "one.py").write_text("", "utf-8")
    done = run(python(str(_IMPORTER), str(package.parent), "client"), package.parent)
    assert (done.failed, [line.split(": ")[:2] for line in done.out.splitlines()]) == (
        False,
        [["client.three", "ModuleNotFoundError"], ["client.two", "SyntaxError"]],
    )
