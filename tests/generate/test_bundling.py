"""What is put into every package needs no more than a package requires, and nothing of specloom."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from specloom.generate.bundling import BUNDLES, COPIED, bundled, hand_written
from specloom.generate.metadata import DEPENDENCIES, EXTRAS
from specloom.generate.soundness import imports

ONE = '''"""The first."""

from typing import TYPE_CHECKING, TypeVar

from parent.room.two import second

if TYPE_CHECKING:
    from parent.other.deep import Thing

T = TypeVar("T")


def first(thing: Thing) -> int:
    """Return it."""
    return second() + 1  # why
'''
TWO = '''"""The second."""

import json
from typing import TypeVar

from ..values import number

T = TypeVar("T")


def second() -> int:
    return number(json.loads("1"))
'''


@pytest.mark.parametrize("name", hand_written())
def test_a_module_imports_only_what_a_package_requires(name: str) -> None:
    extras = [requirement for extra in EXTRAS.values() if name in extra.modules for requirement in extra.requirements]
    found = set(imports(ast.parse(hand_written()[name])))
    assert found <= {*sys.stdlib_module_names, *DEPENDENCIES, *extras}


def test_nothing_is_left_out() -> None:
    here = BUNDLES[0].parent
    folders = {path.parent.name for path in here.glob("*/__init__.py")}
    assert folders - {each.name for each in BUNDLES} == {"facade", "modelling", "normalising", "tooling"}
    for folder in (*BUNDLES, *COPIED):
        sources = folder.glob("*.py") if folder.is_dir() else [folder]
        wanted = {name for source in sources for name in _defined(source.read_text("utf-8"))}
        assert wanted <= set(_defined(hand_written()[f"{folder.stem}.py"]))


def test_users_find_docstrings_on_what_they_call() -> None:
    def documented(module: str) -> set[str]:
        body = ast.parse(hand_written()[module]).body
        return {node.name for node in body if isinstance(node, ast.ClassDef) and ast.get_docstring(node)}

    assert {"ApiError", "CallOptions", "RawResponse", "Response", "RetryPolicy"} <= documented("runtime.py")
    assert {"ExampleError", "ExampleTransport", "RecordedRequest"} <= documented("testing.py")
    assert "Exchange" not in documented("runtime.py")
    for name, text in hand_written().items():
        assert "# noqa" not in text, name


def test_a_bundle_has_the_modules_in_the_order_of_their_imports() -> None:
    text = bundled({"__init__": '"""A room."""\n', "one": ONE, "two": TWO}, "parent.room", "parent")
    assert _defined(text) == ["second", "first"]
    assert text.startswith('"""A room."""\nfrom __future__ import annotations\n')
    assert "if TYPE_CHECKING:\n    from .other import Thing\n" in text
    assert "from .values import number\n" in text
    assert "# The second.\n" in text
    assert "return second() + 1  # why" in text
    assert text.count('T = TypeVar("T")') == 1
    assert "parent" not in text


@pytest.mark.parametrize("folder", BUNDLES, ids=lambda folder: folder.name)
def test_the_modules_of_a_bundle_mean_one_thing_by_a_name(folder: Path) -> None:
    meanings: dict[str, set[str]] = {}
    for path in folder.glob("[!_]*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                for each in node.names:
                    source = "" if (node.module or "").startswith("specloom.") else f"{node.module}."
                    meanings.setdefault(each.asname or each.name, set()).add(f"{source}{each.name}")
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                meanings.setdefault(node.name, set()).add(node.name)
            elif isinstance(node, ast.Import):
                for each in node.names:
                    meanings.setdefault(each.asname or each.name, set()).add(f"module {each.name}")
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                text = ast.unparse(node)
                meanings.setdefault(ast.unparse(target), set()).add(text if "TypeVar" in text else ast.unparse(target))
    assert {name: found for name, found in meanings.items() if len(found) > 1} == {}
    defined = [
        ast.unparse(node) for path in folder.glob("[!_]*.py") for node in ast.parse(path.read_text("utf-8")).body
    ]
    names = [name for text in {*defined} for name in _defined(text)]
    assert len(names) == len(set(names))


def _defined(text: str) -> list[str]:
    body = ast.parse(text).body
    return [node.name for node in body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
