"""What is copied into every package needs no more than a package requires, and nothing of specloom."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from specloom.generate.copying import COPIED, copy_modules
from specloom.generate.metadata import DEPENDENCIES, EXTRAS
from specloom.generate.soundness import imports


@pytest.mark.parametrize("folder", COPIED, ids=lambda folder: folder.name)
def test_a_copied_module_imports_only_what_a_package_requires(folder: Path, tmp_path: Path) -> None:
    copy_modules(folder, tmp_path)
    modules = sorted((tmp_path / folder.name).glob("*.py"))
    assert [each.name for each in modules] == [each.name for each in sorted(folder.glob("*.py"))]
    for module in modules:
        place = module.relative_to(tmp_path).as_posix()
        extras = [name for extra in EXTRAS.values() if place in extra.modules for name in extra.requirements]
        found = set(imports(ast.parse(module.read_text("utf-8"))))
        assert found <= {*sys.stdlib_module_names, *DEPENDENCIES, *extras}, module


def test_nothing_else_is_left_out_of_the_copies() -> None:
    here = COPIED[0].parent
    folders = {path.parent.name for path in here.glob("*/__init__.py")}
    assert folders - {each.name for each in COPIED} == {"facade", "tooling"}
