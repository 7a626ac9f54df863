"""Checking compares with what the specs give now, and trusts no record."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from specloom.generate import Difference, check, generate
from specloom.generate.record import files
from specloom.spec import SpecloomError
from specloom.spec.ledger import digest

Tree = Callable[[Path], dict[str, bytes]]
Write = Callable[..., Path]


@pytest.fixture
def made(specs: list[Path], output: Path) -> list[Path]:
    """Make the packages of the specs, and return the specs."""
    generate(specs, output, jobs=1)
    return specs


def test_fresh_packages_do_not_differ(made: list[Path], output: Path, tree: Tree) -> None:
    before = tree(output.parent)
    assert check(made, output, jobs=2) == []
    assert tree(output.parent) == before


def test_each_kind_of_difference_is_named(made: list[Path], output: Path) -> None:
    package = output / "pets/pets_client"
    (package / "client.py").write_text("# edited\n")
    (package / "models.py").unlink()
    (package / "more.py").write_text("")
    found = check(made, output, jobs=1)
    assert found == [
        Difference(package / "client.py", "differs"),
        Difference(package / "models.py", "missing"),
        Difference(package / "more.py", "extra"),
    ]
    assert str(found[0]) == f"{package / 'client.py'}: differs"


def test_a_record_that_covers_an_edit_is_not_believed(made: list[Path], output: Path) -> None:
    package = output / "pets"
    (package / "README.md").write_text("edited")
    record = json.loads((package / ".specloom.json").read_text())
    kept = {name: path for name, path in files(package).items() if name != ".specloom.json"}
    record["output"] = digest(kept.values(), *kept)
    (package / ".specloom.json").write_text(json.dumps(record, indent=2) + "\n")
    assert [each.changed for each in generate(made, output)] == [False, False]
    assert Difference(package / "README.md", "differs") in check(made, output, jobs=1)


def test_a_spec_that_changed_since_is_noticed(made: list[Path], output: Path, write: Write) -> None:
    write("toys", lambda document: document["info"].update(title="Other"))
    assert {each.path.relative_to(output).parts[0] for each in check(made, output, jobs=1)} == {"toys"}


def test_a_package_that_is_missing_is_named_once(made: list[Path], output: Path) -> None:
    shutil.rmtree(output / "toys")
    assert check(made, output, jobs=1) == [Difference(output / "toys", "missing")]


def test_a_package_whose_spec_is_gone_is_named(made: list[Path], output: Path) -> None:
    shutil.rmtree(made[1].parent)
    assert check(made[:1], output, jobs=1) == [Difference(output / "toys", "without a spec")]


def test_a_package_of_an_api_that_is_not_asked_for_is_no_difference(made: list[Path], output: Path) -> None:
    assert check(made[:1], output, jobs=1) == []


def test_a_broken_spec_is_an_error(made: list[Path], output: Path, write: Write) -> None:
    write("toys", "openapi: 3.1.0\n")
    with pytest.raises(SpecloomError, match=r"toys.openapi\.yaml:1"):
        check(made, output, jobs=1)
